namespace Capsule.Tests.Requests;

public class UserInfoTests
{
    [Theory]
    [InlineData(null, "ann")]
    [InlineData("", "ann")]
    [InlineData("acme", "org:acme")]
    [InlineData("org:acme", "org:acme")]
    public void OwnerId_is_org_and_the_orgs_id_never_doubled_else_the_users_id(string? organisation, string owner) =>
        Assert.Equal(owner, new UserInfo { Id = "ann", OrgId = organisation }.OwnerId);

    [Fact]
    public void A_SessionChannel_has_a_Type() => Assert.Equal("telegram", new SessionChannel("telegram").Type);
}
