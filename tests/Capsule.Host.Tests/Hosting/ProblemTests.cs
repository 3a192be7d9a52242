using Microsoft.Extensions.DependencyInjection;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Capsule.Host.Tests.Hosting;

public class ProblemTests
{
    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", true)]
    [InlineData("Development", false)]
    public async Task Errors_are_problem_documents_in_every_environment(string environment, bool slim)
    {
        await using var app = await TestApp.StartAsync(
            environment: environment,
            slim: slim,
            routes: routes => routes.MapGet("/private", () => "secret").RequireAuthorization());

        await (await app.Client.GetAsync("/nowhere")).RequireProblemAsync(HttpStatusCode.NotFound);
        await (await app.Client.DeleteAsync("/health/live")).RequireProblemAsync(HttpStatusCode.MethodNotAllowed);
        await (await app.Client.GetAsync("/private")).RequireProblemAsync(HttpStatusCode.Unauthorized);
        await (await app.Client.PostFormAsync("/capsule/files")).RequireProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task An_exception_is_a_500_without_its_text(string environment)
    {
        await using var app = await TestApp.StartAsync(
            environment: environment,
            builder: builder => builder.Services.AddSingleton<ICallerResolver, Broken>());

        foreach (var accept in new[] { "application/json", "text/html", "*/*" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/capsule/me") { Headers = { { "Accept", accept } } };
            var response = await app.Client.SendAsync(request);
            await response.RequireProblemAsync(HttpStatusCode.InternalServerError);
            Assert.DoesNotContain("hunter2", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private sealed class Broken : ICallerResolver
    {
        public Caller Resolve(HttpContext context, bool remember = false) => throw new InvalidOperationException("The password is hunter2.");
    }
}
