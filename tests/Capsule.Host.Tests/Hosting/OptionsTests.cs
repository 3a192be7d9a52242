using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Host.Tests.Hosting;

public class OptionsTests
{
    [Fact]
    public async Task Settings_come_from_the_section_Capsule()
    {
        await using var app = await StartWithAsync(("Capsule:Limits:QueueLength", "7"), ("Capsule:AppName", "Support"), ("capsule:page", "FALSE"));

        var options = app.App.Services.GetRequiredService<IOptions<CapsuleOptions>>().Value;
        Assert.Equal(7, options.Limits.QueueLength);
        Assert.Equal("Support", options.AppName);
        Assert.False(options.Page);
    }

    [Theory]
    [InlineData("Capsule:Limits:QueueLength", "0", "a whole number from 1 to 2147483647")]
    [InlineData("Capsule:Limits:QueueLength", "many", "a whole number from 1 to 2147483647")]
    [InlineData("Capsule:Limits:MessageCharacters", "3000000000", "a whole number from 1 to 2147483647")]
    [InlineData("Capsule:Limits:PromptSeconds", "-1", "a number of seconds above 0 and up to 2147483")]
    [InlineData("Capsule:Limits:TurnSeconds", "NaN", "a number of seconds above 0 and up to 2147483")]
    [InlineData("Capsule:Page", "maybe", "true or false")]
    public async Task An_invalid_value_stops_the_start_and_names_its_key(string key, string value, string mustBe)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartWithAsync((key, value)));

        Assert.Equal($"{key} must be {mustBe}; it is '{value}'.", exception.Message);
    }

    [Fact]
    public async Task An_unknown_key_warns_and_names_the_nearest()
    {
        var log = new RecordedLog();
        await using var app = await StartWithAsync(log, ("Capsule:Limits:QueueLenght", "7"));

        Assert.Contains(
            "The setting Capsule:Limits:QueueLenght is not known and has no effect. Did you mean Capsule:Limits:QueueLength?", log.Entries.Select(entry => entry.Message));
    }

    [Fact]
    public void Every_option_has_its_key()
    {
        string[] inCodeOnly = [nameof(CapsuleOptions.Handlers), nameof(CapsuleOptions.Claims), nameof(CapsuleOptions.Integrations)];
        string[] sections = [nameof(CapsuleOptions.Limits), nameof(CapsuleOptions.OpenApi)];
        var options = typeof(CapsuleOptions).GetProperties().Select(property => property.Name).Except([.. inCodeOnly, .. sections]);
        var limits = typeof(CapsuleLimits).GetProperties().Select(property => $"Limits:{property.Name}");
        var openApi = typeof(CapsuleOpenApi).GetProperties().Select(property => $"OpenApi:{property.Name}");

        Assert.Equal(options.Concat(limits).Concat(openApi).Order(), CapsuleSettings.Keys.Order());
    }

    private static Task<TestApp> StartWithAsync(params (string Key, string Value)[] settings) => StartWithAsync(new RecordedLog(), settings);

    private static Task<TestApp> StartWithAsync(RecordedLog log, params (string Key, string Value)[] settings) =>
        TestApp.StartAsync(builder: builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        });
}
