using System.Globalization;
using Capsule;
using Capsule.Benchmarks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// dotnet run -c Release --project bench/Capsule.Benchmarks [-- rounds]
if (args is ["serve", var kind, var url])
    await ServeAsync(kind, url);
else
    await CompareAsync(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400);

static async Task CompareAsync(int rounds)
{
    var contestants = new Contestants();
    var request = new RepeatedRequest(contestants.Services);
    foreach (var workload in Workload.All)
    {
        Console.WriteLine($"\n| {workload.Name} | time | ratio | bytes |\n|---|---|---|---|");
        foreach (var (name, nanoseconds, ratio, bytes) in await new PairedRuns(request, workload, contestants.For(workload.Route)).RunAsync(rounds))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {nanoseconds:0} ns | {ratio:0.00} | {bytes} |"));
    }
}

// For kestrel.sh: a whole app of one kind.
static async Task ServeAsync(string kind, string url)
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReportJson.Default));
    switch (kind)
    {
        case "capsule":
            builder.AddCapsule();
            break;
        case "furnished":
            // What every Capsule app has: sign-in by a cookie, and problem documents for errors.
            builder.Services.AddAuthentication("User").AddCookie("User");
            builder.Services.AddAuthorization();
            builder.Services.AddProblemDetails();
            break;
    }
    var app = builder.Build();
    if (kind == "furnished")
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
    if (kind == "capsule")
        app.MapCapsule();
    else
        MinimalApi.Map(app);
    await app.RunAsync(url);
}
