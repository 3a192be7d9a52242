using System.Globalization;
using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Tests;

public class SourceWriterTests
{
    [Fact]
    public void Blocks_indent_what_they_hold()
    {
        var writer = new SourceWriter();
        using (writer.Block("class A"))
        {
            using (writer.Block("Run(() =>", end: ");"))
                writer.WriteLine("return;");
            writer.WriteLine();
            using (writer.Indent())
                writer.WriteLine("// deeper");
        }

        Assert.Equal("class A\n{\n    Run(() =>\n    {\n        return;\n    });\n\n        // deeper\n}\n", writer.ToString());
    }

    [Fact]
    public void Every_line_of_a_raw_string_is_indented_and_blank_lines_stay_empty()
    {
        var writer = new SourceWriter();
        using (writer.Block(""))
            writer.WriteLine("int a;\r\n\r\n  int b;   \nint c;");

        Assert.Equal("{\n    int a;\n\n      int b;\n    int c;\n}\n", writer.ToString());
    }

    [Fact]
    public void Numbers_are_written_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("sv-SE") { NumberFormat = { NegativeSign = "−", NumberDecimalSeparator = "," } };
        try
        {
            var writer = new SourceWriter();
            writer.WriteLine($"{-1} {1.5} {true} {'x'} {"text"} {(string?)null}");

            Assert.Equal("-1 1.5 true x text\n", writer.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Source_text_is_UTF8()
    {
        var writer = new SourceWriter();
        writer.WriteLine("// é");

        Assert.Equal("utf-8", writer.ToSourceText().Encoding!.WebName);
        Assert.Equal("// é\n", writer.ToSourceText().ToString());
    }
}
