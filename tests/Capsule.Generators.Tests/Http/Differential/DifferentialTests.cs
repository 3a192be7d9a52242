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
