namespace Capsule.Hosting;

/// <summary>The app itself, on whose behalf schedules and <c>[Boot]</c> act: what they submit and store belongs to no person.</summary>
internal static class AppUser
{
    public static UserInfo Info { get; } = new() { Id = "app" };
}
