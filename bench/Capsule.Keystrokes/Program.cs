using Capsule.Keystrokes;

// Nothing of Roslyn may be touched before its assemblies can be found.
SdkCompiler.Use();
return Run(args);

static int Run(string[] arguments)
{
    var sizes = arguments.Where(argument => char.IsDigit(argument[0])).Select(int.Parse).ToArray();
    Report.Write(sizes.Length == 0 ? [10, 100, 1000, 5000] : sizes, alone: arguments.Contains("--alone"));
    return 0;
}
