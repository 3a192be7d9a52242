namespace Capsule.OpenApi.Tests.App;

/// <summary>What happens by itself in an app that runs: leaves a mark where a test says so.</summary>
public static class Effects
{
    /// <summary>The environment variable that names the file.</summary>
    public const string MarkVariable = "CAPSULE_TEST_MARK";

    [Boot]
    public static void Start() => Mark();

    [Schedule("* * * * *", Missed = Missed.RunAll)]
    public static void Tick() => Mark();

    private static void Mark()
    {
        if (Environment.GetEnvironmentVariable(MarkVariable) is { } file)
            File.WriteAllText(file, "ran");
    }
}
