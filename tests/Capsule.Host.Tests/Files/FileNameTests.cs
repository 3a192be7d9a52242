
namespace Capsule.Host.Tests.Files;

public class FileNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("Übersicht 2026.xlsx", "Übersicht 2026.xlsx")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\win.ini", "win.ini")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt")]
    [InlineData("what?.txt", "what.txt")]
    [InlineData(".hidden", "hidden")]
    [InlineData("invoice\u202Etxt.exe", "invoicetxt.exe")]
    public void Names_are_made_safe(string? name, string expected) => Assert.Equal(expected, FileNames.MakeSafe(name));

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var safe = FileNames.MakeSafe(new string('x', 500) + ".pdf");

        Assert.Equal(200, safe.Length);
        Assert.EndsWith("x.pdf", safe, StringComparison.Ordinal);
    }
}
