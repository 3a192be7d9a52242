using System.Reflection;
using System.Runtime.Loader;
using Capsule.Analyzers.Cost;

// dotnet run -c Release --project bench/Analyzers                   all rules on 1,000 handlers, and CAP0302 on up to 50,000 methods
// dotnet run -c Release --project bench/Analyzers -- --calls        only CAP0302
// dotnet run -c Release --project bench/Analyzers -- --write app    writes the 1,000 handlers as a project, to build with -p:ReportAnalyzer=true
UseCompilerOfSdk();
if (args is ["--write", var folder])
{
    HandlerProject.Write(folder);
    return;
}
if (args is not ["--calls"])
    RuleCost.Report(rounds: 5);
CallGraphCost.Report((1_000, 5), (10_000, 3), (50_000, 3));

// It is compiled ahead of time, as in a build, so that the first rounds do not measure how long compiling the compiler takes.
static void UseCompilerOfSdk()
{
    var folder = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(setting => setting.Key == "CompilerFolder").Value!;
    AssemblyLoadContext.Default.Resolving += (context, name) =>
        Path.Combine(folder, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
}
