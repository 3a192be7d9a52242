using Microsoft.AspNetCore.Http;

namespace Capsule.Host.Tests.Sessions;

/// <summary>Who calls is what the header <c>Test-User</c> says.</summary>
internal sealed class HeaderCallers : ICallerResolver
{
    public const string Header = "Test-User";

    public Caller Resolve(HttpContext context, bool remember = false) =>
        new(new UserInfo { Id = context.Request.Headers[Header].FirstOrDefault() ?? "ann", Email = "ann@example.org" }, Authenticated: true);
}
