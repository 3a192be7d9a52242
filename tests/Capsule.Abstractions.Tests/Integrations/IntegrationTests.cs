namespace Capsule.Tests.Integrations;

public class IntegrationTests
{
    [Fact]
    public void The_known_ones_have_their_names() => Assert.Equal(
        ["aws", "gcal", "gdrive", "github", "gmail", "google", "linear", "outlook", "tailscale"],
        ((Integration[])
        [
            Integration.Aws, Integration.GoogleCalendar, Integration.GoogleDrive, Integration.GitHub, Integration.Gmail, Integration.Google,
            Integration.Linear, Integration.Outlook, Integration.Tailscale,
        ]).Select(integration => integration.Name));

    [Fact]
    public void Of_gives_one_of_any_name_whatever_its_case()
    {
        Assert.Equal(Integration.GitHub, Integration.Of("GitHub"));
        Assert.Equal("help-desk_2", Integration.Of("Help-Desk_2").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("../etc")]
    [InlineData("ünicode")]
    [InlineData("newline\n")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234x")]
    public void Of_refuses_other_names(string name) => Assert.Throws<ArgumentException>(() => Integration.Of(name));

    [Fact]
    public void IntegrationCredentials_are_a_bearer_token_or_fields_and_tell_neither_by_accident()
    {
        var none = new IntegrationCredentials();
        Assert.Equal(("", "Bearer", null), (none.AccessToken, none.TokenType, none.ExpiresAt));
        Assert.Empty(none.Scopes);
        Assert.Empty(none.Fields);
        Assert.True(none.IsEmpty);

        var credentials = new IntegrationCredentials
        {
            AccessToken = "t0ken", Scopes = ["read"], ExpiresAt = DateTimeOffset.UnixEpoch, Fields = new Dictionary<string, string> { ["key"] = "s3cret" },
        };
        Assert.False(credentials.IsEmpty);
        Assert.Equal("IntegrationCredentials", $"{credentials}");
    }

    [Fact]
    public void ConnectedIntegrations_are_null_when_absent_and_read_only_when_asked()
    {
        var reads = 0;
        var connected = new ConnectedIntegrations(() =>
        {
            reads++;
            return new Dictionary<Integration, IntegrationCredentials> { [Integration.GitHub] = new() { AccessToken = "t" } };
        });
        Assert.Equal(0, reads);

        Assert.Equal("t", connected[Integration.GitHub]!.AccessToken);
        Assert.Null(connected[Integration.Aws]);
        Assert.Equal([Integration.GitHub], connected.Connected);
        Assert.Equal(1, reads);
        Assert.Empty(ConnectedIntegrations.None.Connected);
    }
}
