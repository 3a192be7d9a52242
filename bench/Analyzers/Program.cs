using Capsule.Analyzers.Cost;

// dotnet run -c Release --project bench/Analyzers                   all rules on 1,000 handlers, and CAP0302 on up to 50,000 methods
// dotnet run -c Release --project bench/Analyzers -- --write app    writes the 1,000 handlers as a project, to build with -p:ReportAnalyzer=true
if (args is ["--write", var folder])
{
    HandlerProject.Write(folder);
    return;
}
RuleCost.Report(rounds: 5);
CallGraphCost.Report((1_000, 5), (10_000, 3), (50_000, 1));
