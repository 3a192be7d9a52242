using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;

namespace Capsule.OpenApi.Tests;

/// <summary>What the document says of ranges is what validation takes: a number is accepted exactly when it is within them.</summary>
public class RangeTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    private static readonly string[] whole = ["-2", "-1", "0", "1", "2", "9", "10", "11"];

    private static readonly string[] fractions =
        ["-1.5", "-1.25", "-0.75", "-0.5", "-0.25", "0.25", "0.5", "0.75", "3.75", "4.5", "8.5", "8.75", "9.25", "9.5", "9.75", "9.99", "10.25", "10.5", "10.51", "10.75"];

    /// <summary>The limits, and numbers besides those that all are tried with.</summary>
    private static readonly Dictionary<string, (string Limits, string[] More)> ranges = new()
    {
        ["wholeOfDouble"] = ("""{ "minimum": -0.5, "exclusiveMaximum": 9.5 }""", [.. fractions, "1e10"]),
        ["oddOfDouble"] = ("""{ "exclusiveMinimum": 0.5, "exclusiveMaximum": 9.5 }""", fractions),
        ["wholeOfFloat"] = ("""{ "minimum": -0.5, "maximum": 4.5 }""", fractions),
        ["wholeOfDecimal"] = ("""{ "minimum": -0.5, "maximum": 10.5 }""", fractions),
        ["wholeOfMaybe"] = ("""{ "minimum": -0.5, "exclusiveMaximum": 9.5 }""", fractions),
        ["wholeOfInt"] = ("""{ "exclusiveMinimum": 0, "exclusiveMaximum": 10 }""", []),
        ["wholeOfLong"] = ("""{ "minimum": 0, "exclusiveMaximum": 10 }""", ["9000000000"]),
        ["halfOfInt"] = ("""{ "minimum": 0.5, "maximum": 9.5 }""", []),
        ["halfOfDouble"] = ("""{ "minimum": 0.25, "exclusiveMaximum": 9.75 }""", fractions),
        ["halfOfDecimal"] = ("""{ "exclusiveMinimum": 0.25, "maximum": 9.75 }""", fractions),
        ["scientific"] = ("""{ "minimum": 1e-40, "maximum": 1e30 }""", ["1e-41", "1e-40", "1e30", "2e30"]),
        ["open"] = ("""{ "exclusiveMinimum": 0 }""", [.. fractions, "1e300"]),
        ["textOfDecimal"] = ("""{ "minimum": 0.5, "exclusiveMaximum": 10.5 }""", fractions),
        ["textOfDouble"] = ("""{ "exclusiveMinimum": 0.5, "maximum": 1e30 }""", [.. fractions, "1e30", "2e30"]),
        ["textOfInt"] = ("""{ "minimum": 0, "exclusiveMaximum": 10 }""", []),
        ["textOfLong"] = ("""{ "exclusiveMinimum": 1, "maximum": 9000000000 }""", ["9000000000", "9000000001"]),
    };

    public static TheoryData<string> Names => [.. ranges.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Of_a_member_of_a_body(string name) => await CompareAsync(
        name,
        app.Schemas.At("RangedBody", "properties", name),
        async number =>
        {
            using var content = new StringContent($$"""{"{{name}}":{{number}}}""", Encoding.UTF8, "application/json");
            return await app.Client.PostAsync("/ranges/body", content);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Of_a_value(string name) => await CompareAsync(
        name,
        app.Operation("get", "/ranges/values").Parameter(name).At("schema"),
        number => app.Client.GetAsync(new Uri($"/ranges/values?{name}={number}", UriKind.Relative)));

    /// <summary>Limits that are texts are read in the culture of whoever asks, unless the attribute says otherwise.</summary>
    [Theory]
    [InlineData("german")]
    [InlineData("invariant")]
    public async Task Of_a_value_in_another_culture(string name)
    {
        var german = new DescribedApp(builder => builder.Services.AddSingleton<IStartupFilter>(new InGerman()));
        await german.InitializeAsync();

        german.Operation("get", "/ranges/cultures").Parameter(name).At("schema").IsJson(
            """{ "type": "number", "format": "double", "minimum": 0.5, "maximum": 10.5, "default": 1 }""");
        foreach (var (number, status) in new[] { ("0.25", HttpStatusCode.BadRequest), ("0.5", HttpStatusCode.OK), ("10.5", HttpStatusCode.OK), ("10.75", HttpStatusCode.BadRequest) })
        {
            using var response = await german.Client.GetAsync(new Uri($"/ranges/cultures?{name}={number}", UriKind.Relative));
            Assert.Equal(status, response.StatusCode);
        }
        await german.DisposeAsync();
    }

    private static async Task CompareAsync(string name, JsonElement schema, Func<string, Task<HttpResponseMessage>> send)
    {
        foreach (var number in whole.Concat(ranges[name].More))
        {
            using var response = await send(number);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{number}: {(int)response.StatusCode} {text}");
            Assert.True(IsWithin(schema, number) == (response.StatusCode == HttpStatusCode.OK), $"{number} is answered {(int)response.StatusCode}, but is described by {schema}\n{text}");
            // What a conversion throws is for the author.
            Assert.DoesNotContain("Int32", text, StringComparison.Ordinal);
        }
        var limits = JsonElement.Parse(ranges[name].Limits);
        foreach (var keyword in (string[])["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"])
            Assert.Equal(Limit(limits, keyword), Limit(schema, keyword));
    }

    private static bool IsWithin(JsonElement schema, string number)
    {
        var value = double.Parse(number, CultureInfo.InvariantCulture);
        return !(value < Limit(schema, "minimum") || value <= Limit(schema, "exclusiveMinimum") || value > Limit(schema, "maximum") || value >= Limit(schema, "exclusiveMaximum"));
    }

    private static double? Limit(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var limit) ? limit.GetDouble() : null;

    /// <summary>Handles requests in German, as request localization does.</summary>
    private sealed class InGerman : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(next => context =>
            {
                CultureInfo.CurrentCulture = new CultureInfo("de-DE");
                return next(context);
            });
            next(app);
        };
    }
}
