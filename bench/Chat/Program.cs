using Capsule.Benchmarks.Chat;

// dotnet run -c Release --project bench/Chat [-- accept|turns|streams|reconnect …]
// This process makes the load; it starts the hosts it loads as processes of their own: serve <mode> <data directory>.
if (args is ["serve", var mode, var directory])
{
    await BenchHost.RunAsync(Enum.Parse<HostMode>(mode), directory);
    return 0;
}
var report = new Report(args);
await report.RunAsync();
return report.Reached ? 0 : 1;
