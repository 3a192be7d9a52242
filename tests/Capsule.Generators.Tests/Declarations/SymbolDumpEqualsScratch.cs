using System.Collections.Immutable;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>Over the strictest reader of declarations, with attributes of its own so that edits reach their declarations too.</summary>
public sealed class SymbolDumpEqualsScratch(ITestOutputHelper output) : IncrementalEqualsScratch<SymbolDumpGenerator>(output)
{
    private static readonly ImmutableArray<MetadataReference> Core =
    [
        .. References.NetCore.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) is
            "System.Runtime" or "System.Collections" or "System.Console" or "System.ComponentModel.Primitives" or "System.Diagnostics.Debug"),
    ];

    internal override TestProject App { get; } = new() { References = Core, ImplicitUsings = false };

    internal override TestProject Library { get; } = new()
    {
        AssemblyName = "Library",
        References = Core,
        ImplicitUsings = false,
        Files = [("Attributes.cs", Attributes)],
    };

    protected override int Programs => 160;

    private const string Attributes = """
        namespace Capsule;
        public enum Access { Public, Authenticated }
        public enum OnCrash { MarkInterrupted, Replay }
        public enum Missed { RunOnce, Skip, RunAll }
        public enum Scope { App, Owner, User, Session }
        public sealed class MessageAttribute(string? name = null) : System.Attribute { public string? Name => name; public OnCrash OnCrash { get; set; } }
        public sealed class DataAttribute(string name) : System.Attribute { public string Name => name; public Access Access { get; set; } public string? Policy { get; set; } }
        public sealed class EndpointAttribute(string method, string route) : System.Attribute { public string M => method + route; public bool Authorized { get; set; } = true; }
        public sealed class ScheduleAttribute(string cron) : System.Attribute { public string Cron => cron; public string TimeZone { get; set; } = "UTC"; public Missed Missed { get; set; } }
        public sealed class TaskAttribute : System.Attribute { public int Retries { get; set; } public string? Lock { get; set; } public System.Type[]? RetryFor { get; set; } }
        public sealed class DocumentAttribute(string name) : System.Attribute { public string Name => name; public Scope Scope { get; set; } }
        public sealed class BootAttribute : System.Attribute;
        """;
}
