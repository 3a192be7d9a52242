using System.Globalization;
using Capsule.Benchmarks;

// dotnet run -c Release --project bench/Capsule.Benchmarks [-- rounds]
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
var contestants = new Contestants();
var request = new RepeatedRequest(contestants.Services);
foreach (var workload in Workload.All)
{
    Console.WriteLine($"\n| {workload.Name} | time | ratio | bytes |\n|---|---|---|---|");
    foreach (var (name, nanoseconds, ratio, bytes) in await new Comparison(request, workload, contestants.For(workload.Route)).RunAsync(rounds))
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {nanoseconds:0} ns | {ratio:0.00} | {bytes} |"));
}
