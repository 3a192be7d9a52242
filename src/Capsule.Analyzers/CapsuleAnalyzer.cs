using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>What all rules have in common: they run concurrently, leave generated code alone, and do nothing where Capsule is not referenced.</summary>
public abstract class CapsuleAnalyzer : DiagnosticAnalyzer
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name == "Capsule.Abstractions"))
                Register(start);
        });
    }

    /// <summary>Registers the actions of the rule in a compilation that references Capsule.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext context);
}
