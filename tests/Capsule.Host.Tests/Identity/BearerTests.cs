using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net;
using System.Security.Cryptography;
using Capsule.Host.Tests.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Capsule.Host.Tests.Identity;

/// <summary>The sample whose users are those whom a JSON Web Token names.</summary>
public sealed class BearerTests : IDisposable
{
    private const string Scheme = "Authentication:Schemes:Bearer:";
    private const string Issuer = "tests";
    private const string Audience = "capsule";

    private readonly TemporaryDirectory directory = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly WebApplicationFactory<Program> app;

    public BearerTests() => app = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
    {
        host.UseSetting("Capsule:DataDirectory", directory.Path);
        host.UseSetting(Scheme + "ValidIssuer", Issuer);
        host.UseSetting(Scheme + "ValidAudiences:0", Audience);
        host.UseSetting(Scheme + "SigningKeys:0:Issuer", Issuer);
        host.UseSetting(Scheme + "SigningKeys:0:Value", Convert.ToBase64String(key));
    });

    public void Dispose()
    {
        app.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task A_tokens_claims_say_who_the_user_is()
    {
        using var ada = ClientOf(Token("ada", "acme"));

        Assert.Equal("ada of org:acme", await ada.GetStringAsync("/data/whoami"));
        var me = await (await ada.GetAsync("/capsule/me")).JsonAsync();
        Assert.Equal("ada", me.GetProperty("id").GetString());
        Assert.True(me.GetProperty("authenticated").GetBoolean());
        Assert.Equal("ada@example.com", me.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Without_a_good_token_the_answer_is_a_401_problem()
    {
        using var nobody = app.CreateClient();
        using var forged = ClientOf(Token("ada", "acme", RandomNumberGenerator.GetBytes(32)));

        await (await nobody.GetAsync("/data/whoami")).RequireProblemAsync(HttpStatusCode.Unauthorized);
        await (await forged.GetAsync("/data/whoami")).RequireProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_users_sessions_are_not_found_by_another_user()
    {
        using var ada = ClientOf(Token("ada", "acme"));
        using var bob = ClientOf(Token("bob", "acme"));
        using var answered = await ada.PostAsJsonAsync("/capsule/chat", new { text = "hello" });
        var answer = await answered.JsonAsync();

        Assert.Equal("ada said: hello", answer.GetProperty("text").GetString());
        var session = answer.GetProperty("sessionId").GetString();
        await (await bob.GetAsync("/capsule/sessions/" + session)).RequireProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync("/capsule/sessions/" + session)).StatusCode);
    }

    private HttpClient ClientOf(string token)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private string Token(string user, string organisation, byte[]? signedWith = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        Claims = new Dictionary<string, object> { ["sub"] = user, ["email"] = user + "@example.com", ["org_id"] = organisation },
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(signedWith ?? key), SecurityAlgorithms.HmacSha256),
    });
}
