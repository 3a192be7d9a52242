namespace Capsule.Generators.Emit;

/// <summary>Types that generated code names, always in full: no declaration of the author's can stand in for them.</summary>
internal static class Known
{
    public const string Capsule = "global::Capsule.";
    public const string Hosting = "global::Capsule.Hosting.";
    public const string Task = "global::System.Threading.Tasks.Task";
    public const string Func = "global::System.Func";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string HttpContext = "global::Microsoft.AspNetCore.Http.HttpContext";
    public const string Http = "global::Microsoft.AspNetCore.Http.";
    public const string RequestDelegate = "global::Microsoft.AspNetCore.Http.RequestDelegate";
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"Capsule.Generators\", \"" + Version + "\")]";

    /// <summary>Changes when generated code does.</summary>
    public const string Version = "0.1.0";
}
