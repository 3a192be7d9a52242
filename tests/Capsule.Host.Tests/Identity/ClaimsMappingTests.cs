using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace Capsule.Host.Tests.Identity;

public class ClaimsMappingTests
{
    private readonly CapsuleOptions options = new();

    [Fact]
    public void The_first_claim_of_the_list_that_a_caller_has_counts()
    {
        options.Claims.UserId.Insert(0, "oid");
        options.Claims.OrgId.Add("tenant");

        var user = Find(("sub", "by-subject"), ("oid", "by-object"), ("email", "ada@example.com"), ("tenant", "acme"));

        Assert.Equal("by-object", user!.Id);
        Assert.Equal("ada@example.com", user.Email);
        Assert.Equal("acme", user.OrgId);
    }

    [Fact]
    public void The_claims_of_dotnet_count_without_a_setting() =>
        Assert.Equal("ada", Find((ClaimTypes.NameIdentifier, "ada"))!.Id);

    [Theory]
    [InlineData("guest:1")]
    [InlineData("org:acme")]
    [InlineData("")]
    public void No_claim_makes_a_caller_somebody_whom_the_app_made_up(string id) => Assert.Null(Find(("sub", id)));

    [Fact]
    public void A_caller_without_authentication_is_nobody() =>
        Assert.Null(new ClaimsMapping(Options.Create(options)).FindUser(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "ada")]))));

    [Fact]
    public void The_principal_of_a_user_names_that_user()
    {
        options.Claims.UserId.Clear();
        options.Claims.UserId.Add("oid");
        var mapping = new ClaimsMapping(Options.Create(options));
        var user = new UserInfo { Id = "ada", Email = "ada@example.com", OrgId = "acme" };

        Assert.Equal(user, mapping.FindUser(mapping.PrincipalOf(user)));
    }

    private UserInfo? Find(params (string Type, string Value)[] claims) =>
        new ClaimsMapping(Options.Create(options)).FindUser(
            new ClaimsPrincipal(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "test")));
}
