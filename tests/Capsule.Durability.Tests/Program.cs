using System.Globalization;
using Capsule.Durability.Tests.App;
using Capsule.Durability.Tests.Kill;

// The server that tests start and kill:     serve <data directory> [<synchronous>]
// As many rounds of the kill loop as wanted: kill --rounds 200 [--seed 1]
switch (args)
{
    case ["serve", var directory, .. var rest]:
        await Server.RunAsync(directory, rest.FirstOrDefault());
        return 0;
    case ["kill", .. var options]:
        var loop = new KillLoop { Rounds = Number("--rounds", 25), Seed = Number("--seed", Environment.TickCount), Log = Console.WriteLine };
        var violations = await loop.RunAsync();
        Console.WriteLine(loop.Summary);
        return violations.Count == 0 ? 0 : 1;

        int Number(string name, int otherwise) =>
            Array.IndexOf(options, name) is >= 0 and var index && index + 1 < options.Length
                ? int.Parse(options[index + 1], CultureInfo.InvariantCulture)
                : otherwise;
    default:
        Console.Error.WriteLine("Use: kill --rounds 200 [--seed 1]");
        return 2;
}
