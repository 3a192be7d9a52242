namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>
/// A handler made by the generator and the same method as a minimal API get the same requests and give the same answers, but for the
/// <see cref="Departure"/>: every kind of text for every type from every place, every body, form and response.
/// </summary>
public class DifferentialTests(Twins twins) : IClassFixture<Twins>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Values(bool throwOnBadRequest)
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest, ValueCase.All.SelectMany(value => value.Requests));

        comparison.AssertSame(atLeast: 8000);
    }

    /// <summary>Where a request has a culture, as with request localization, its values are read as without one, in both.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Values_in_another_culture(bool throwOnBadRequest)
    {
        var values = ValueCase.All.Where(value => value.Type.Foreign is not null && (!value.Place.IsPath || value.Values[0] == Optionality.All[0]));
        var comparison = await twins.CompareAsync(throwOnBadRequest, values.SelectMany(value => value.InCulture("de-DE")));

        comparison.AssertSame(atLeast: 500);
    }

    /// <summary>So that both being wrong shows.</summary>
    [Theory]
    [InlineData("GET", "/query/decimal?needed=1.50", "1.50")]
    [InlineData("GET", "/inferred/double?needed=1.5", "1.5")]
    [InlineData("GET", "/query/double?needed=1%2C5", "15")]
    [InlineData("GET", "/route/float/needed/1.5", "1.5")]
    [InlineData("GET", "/query/date-time?needed=01%2F02%2F2026", "2026-01-02")]
    [InlineData("GET", "/query/date-time?needed=31.12.2026", null)]
    [InlineData("GET", "/record/time-span?needed=1.02:03:04.5", "1.02:03:04.5")]
    [InlineData("GET", "/query/time-span?needed=03:04:05%2C5", null)]
    public async Task A_value_in_another_culture_is_read_as_in_none(string method, string path, string? shown)
    {
        var app = await twins.AppAsync(throwOnBadRequest: false);
        var request = new TwinRequest(method, path);

        var plain = await app.SendAsync("/c", request);
        var german = await app.SendAsync("/c", request with { Headers = [(TwinApp.CultureHeader, "de-DE")] });

        Assert.Equal(shown is null ? 400 : 200, german.Status);
        Assert.Equal(plain.Status, german.Status);
        if (shown is not null)
        {
            Assert.Equal(plain.Body, german.Body);
            Assert.Contains(shown, german.Body, StringComparison.Ordinal);
        }
    }

    /// <summary>So that both being wrong shows.</summary>
    [Theory]
    [InlineData("/query/moment?needed=2026-01-02T03:04:05", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("/query/moment?needed=2026-01-02T03:04:05%2B02:00", "2026-01-02T03:04:05.0000000+02:00")]
    [InlineData("/query/date-time?needed=2026-01-02T03:04:05", "2026-01-02T03:04:05.0000000Unspecified")]
    [InlineData("/query/date-time?needed=2026-01-02T03:04:05%2B02:00", "2026-01-02T01:04:05.0000000ZUtc")]
    public async Task A_time_is_the_same_wherever_the_server_is(string path, string shown)
    {
        Assert.NotEqual(TimeSpan.Zero, TimeZoneInfo.Local.BaseUtcOffset);
        var app = await twins.AppAsync(throwOnBadRequest: false);

        Assert.StartsWith(shown, (await app.SendAsync("/c", new("GET", path))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_nobody_thought_of()
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest: false, AnyText.Requests(each: 8));

        comparison.AssertSame(atLeast: 1800);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bodies(bool throwOnBadRequest)
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest, BodyCase.All.SelectMany((body, index) => body.Requests(index)));

        comparison.AssertSame(atLeast: 1500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forms(bool throwOnBadRequest)
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest, FormCase.All.SelectMany((form, index) => form.Requests(index)));

        comparison.AssertSame(atLeast: 700);
    }

    [Fact]
    public async Task Forms_in_another_culture()
    {
        var forms = FormCase.All.SelectMany((form, index) => form.Requests(index).Where(_ => form.Type is "FormParsed" or "FormNullables" or "FormNested" or "List<int>" or "Dictionary<string, int>"));
        var comparison = await twins.CompareAsync(throwOnBadRequest: false, forms.Select(form => (form.Name, form.Request with { Headers = [(TwinApp.CultureHeader, "de-DE")] })));

        comparison.AssertSame(atLeast: 60);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forms_with_files(bool throwOnBadRequest)
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest, FileCase.All.SelectMany((files, index) => files.Requests(index)));

        comparison.AssertSame(atLeast: 147);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_of_objects_that_stand_for_several(bool throwOnBadRequest)
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest, MemberCase.All.SelectMany((member, index) => member.Requests(index)));

        comparison.AssertSame(atLeast: 1500);
    }

    [Fact]
    public async Task Responses()
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest: false, ResponseCase.All.Select((response, index) => (response.Name, new TwinRequest("GET", $"/response/{index}"))));

        comparison.AssertSame(atLeast: 400);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Other_handlers(bool throwOnBadRequest)
    {
        var comparison = await twins.CompareAsync(throwOnBadRequest, OtherCases.Requests);

        comparison.AssertSame(atLeast: 90);
        comparison.AssertRefused("/form/strings", "/d/default", "/d/texts", "/d/among");
    }
}
