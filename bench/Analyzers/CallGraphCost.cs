using System.Globalization;
using System.Text;

namespace Capsule.Analyzers.Cost;

/// <summary>What CAP0302 costs when there is much to follow: its time grows with the number of calls.</summary>
internal static class CallGraphCost
{
    private const int CallsInMethod = 4;
    private const int MethodsInFile = 250;

    /// <param name="sizes">How many methods, and how often: the fastest counts.</param>
    public static void Report(params (int Methods, int Rounds)[] sizes)
    {
        Console.WriteLine("\nCAP0302, every method in reach of a schedule, four calls in each:\n");
        Console.WriteLine("| Methods | Calls | ms | µs per call |\n|---|---|---|---|");
        Measure(1_000);
        foreach (var (methods, rounds) in sizes)
        {
            Measured.Note($"{methods:N0} methods");
            var milliseconds = Enumerable.Range(0, rounds).Select(_ => Measure(methods)).Min();
            var calls = methods * CallsInMethod;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {methods:N0} | {calls:N0} | {milliseconds:F0} | {1000 * milliseconds / calls:F2} |"));
        }
    }

    private static double Measure(int methods)
    {
        var result = HandlerProject.Parse(Sources(methods)).With([new ReachableReplyAnalyzer()]).GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        if (result.GetAllDiagnostics() is not [{ Id: "CAP0302" }])
            throw new InvalidOperationException("The reply at the end of the way was not found.");
        return Measured.TimesOf(result).Values.Single();
    }

    /// <summary>A wide graph with cycles. The last method replies.</summary>
    private static IEnumerable<(string Path, string Text)> Sources(int methods)
    {
        for (var first = 0; first < methods; first += MethodsInFile)
        {
            var text = new StringBuilder($"using Capsule;\npublic static partial class App\n{{\n");
            if (first == 0)
                text.Append("    [Schedule(\"0 * * * *\")] public static Task Daily(Session session) => M0(session, null);\n");
            for (var number = first; number < Math.Min(first + MethodsInFile, methods); number++)
            {
                text.Append("    static async Task M").Append(number).Append("(Session session, string? text)\n    {\n");
                foreach (var target in new[] { number + 1, number * 2, number / 2, number * 7 })
                    text.Append("        await M").Append(target % methods).Append("(session, text);\n");
                if (number == methods - 1)
                    text.Append("        await session.ReplyAsync(\"x\");\n");
                text.Append("    }\n");
            }
            yield return ($"Methods{first}.cs", text.Append("}\n").ToString());
        }
    }
}
