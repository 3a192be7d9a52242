using Capsule;
using Microsoft.AspNetCore.Authentication.JwtBearer;

// Users are those whom a token names: "sub" is the user's id, "email" the address, "org_id" the organisation. Issuer, audience and keys come from the
// configuration section Authentication:Schemes:Bearer, which "dotnet user-jwts create" fills in for Development.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options => options.MapInboundClaims = false);

var app = builder.Build();
app.MapCapsule();
app.Run();

/// <summary>What a signed-in user may ask.</summary>
public static class Handlers
{
    /// <summary>Says who calls; without a token the answer is 401.</summary>
    [Data("whoami", Access = Access.Authenticated)]
    public static string WhoAmI(RequestContext caller) => $"{caller.User.Id} of {caller.User.OwnerId}";

    /// <summary>Answers in a chat that is the token's user's alone.</summary>
    [Message]
    public static Task Handle(Session session, Message message) => session.ReplyAsync($"{session.User.Id} said: {message.Text}");
}
