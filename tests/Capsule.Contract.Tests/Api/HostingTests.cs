using System.Net;
using System.Reflection;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Api;

/// <summary>Configuration and several apps in one process.</summary>
public sealed class HostingTests
{
    [Theory]
    [InlineData("Limits:QueueLength", "-1")]
    [InlineData("Limits:QueueLength", "many")]
    [InlineData("Limits:MessageCharacters", "0")]
    [InlineData("Limits:UploadBytes", "-5")]
    [InlineData("Limits:UploadCount", "-5")]
    [InlineData("Limits:ConcurrentTurnsPerUser", "0")]
    [InlineData("Limits:PromptSeconds", "0")]
    [InlineData("Limits:TurnSeconds", "-1")]
    [InlineData("Page", "perhaps")]
    public async Task An_invalid_value_stops_the_start_and_names_the_key(string key, string value)
    {
        var app = new ContractApp { Settings = { ["Capsule:" + key] = value } };
        var failure = await Assert.ThrowsAnyAsync<Exception>(app.StartAsync);
        Assert.Contains("Capsule:" + key, failure.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(app.DataDirectory));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_unknown_key_warns()
    {
        var app = new ContractApp { Settings = { ["Capsule:Limits:QueueLenght"] = "5", ["Capsule:DataDirectry"] = "x" } };
        await app.InitializeAsync();
        Assert.Contains(app.Log.Warnings, line => line.Contains("QueueLenght", StringComparison.Ordinal));
        Assert.Contains(app.Log.Warnings, line => line.Contains("DataDirectry", StringComparison.Ordinal));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Data_is_below_the_content_root_or_where_DataDirectory_says()
    {
        var app = new ContractApp();
        await app.InitializeAsync();
        Assert.NotEmpty(Directory.GetFiles(app.DataDirectory));
        await app.DisposeAsync();

        var elsewhere = Directory.CreateTempSubdirectory("capsule-contract-");
        app = new ContractApp { Settings = { ["Capsule:DataDirectory"] = elsewhere.FullName } };
        await app.InitializeAsync();
        Assert.NotEmpty(elsewhere.GetFiles());
        Assert.False(Directory.Exists(app.DataDirectory));
        await app.DisposeAsync();
        elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task The_page_can_be_switched_off()
    {
        var app = new ContractApp { Settings = { ["Capsule:Page"] = "false" } };
        await app.InitializeAsync();
        await (await app.Guest().GetAsync("/")).ProblemAsync(HttpStatusCode.NotFound);
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Several_apps_live_in_one_process_each_with_its_own_handlers_and_cookies()
    {
        var hello = new ContractApp
        {
            Add = builder => builder.AddCapsule(options => options.Handlers.Add(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Hello.dll")))),
            Settings = { ["Capsule:AppName"] = "Hello" },
        };
        var contract = new ContractApp();
        await hello.InitializeAsync();
        await contract.InitializeAsync();

        var caller = hello.Guest();
        Assert.Equal("Hello, Ann!", await caller.AnswerAsync(await caller.OpenAsync(null), "Ann"));
        await (await caller.GetAsync("/data/no_session")).ProblemAsync(HttpStatusCode.NotFound);
        var other = contract.Guest();
        Assert.Equal("Ann.", await other.AnswerAsync(await other.OpenAsync(null), "Ann"));
        await other.GetAsync("/data/no_session").AssertStatusAsync(HttpStatusCode.OK);
        Assert.NotEqual(caller.Cookies.GetCookies(hello.Address).Single().Name, other.Cookies.GetCookies(contract.Address).Single().Name);

        await hello.DisposeAsync();
        await contract.DisposeAsync();
    }
}
