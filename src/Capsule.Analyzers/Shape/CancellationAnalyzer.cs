using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>
/// CAP0007: a handler waits for something that could be cancelled, and takes no token to cancel it with. What belongs to Capsule ends with
/// its turn, run or request anyway.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CancellationAnalyzer : CapsuleAnalyzer
{
    private const string Token = "System.Threading.CancellationToken";

    /// <summary>Types through which a handler comes by a token.</summary>
    private static readonly string[] Sources =
    [
        Token, "System.Threading.CancellationTokenSource", "Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.HttpRequest",
        "Microsoft.AspNetCore.Http.IHttpContextAccessor", "Microsoft.Extensions.Hosting.IHostApplicationLifetime", "Capsule.RequestContext",
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NoCancellationToken];

    private protected override void Register(CompilationStartAnalysisContext context) => context.RegisterOperationBlockAction(Analyze);

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol method || HandlerMark.On(method).Count != 1 || !CanTakeMore(method))
            return;
        foreach (var block in context.OperationBlocks)
        {
            if (Awaited(block).FirstOrDefault(CouldBeCancelled) is not { } call)
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NoCancellationToken, (method.PartialDefinitionPart ?? method).Locations[0], method.Name, call.TargetMethod.Name));
            return;
        }
    }

    /// <summary>Whether the handler has no token yet, and its parameters are its own affair.</summary>
    private static bool CanTakeMore(IMethodSymbol method) =>
        !method.IsOverride && method.ExplicitInterfaceImplementations.IsEmpty && !ImplementsInterface(method)
        && !method.Parameters.Any(HasToken)
        && (method.IsStatic || !method.ContainingType.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Any(HasToken));

    private static bool HasToken(IParameterSymbol parameter) =>
        Sources.Any(source => parameter.Type.Is(source)) || parameter.HasAttribute("Microsoft.AspNetCore.Http.AsParametersAttribute");

    private static bool ImplementsInterface(IMethodSymbol method) =>
        method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers(method.Name))
            .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    /// <summary>The calls that the method itself waits for, those of functions inside it aside.</summary>
    private static IEnumerable<IInvocationOperation> Awaited(IOperation operation)
    {
        if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            yield break;
        var awaited = operation switch
        {
            IAwaitOperation { Operation: var value } => value,
            IForEachLoopOperation { IsAsynchronous: true, Collection: var value } => value,
            _ => null,
        };
        while (awaited is IConversionOperation conversion)
            awaited = conversion.Operand;
        if (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
            awaited = configured.Instance ?? configured.Arguments.FirstOrDefault()?.Value;
        if (awaited is IInvocationOperation call)
            yield return call;
        foreach (var child in operation.ChildOperations)
        {
            foreach (var found in Awaited(child))
                yield return found;
        }
    }

    private static bool CouldBeCancelled(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsOfCapsule(method.ContainingType) || IsOfCapsule(call.Instance?.Type))
            return false;
        var given = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.Is(Token) == true);
        return given is null ? HasOverloadWithToken(method) : given.ArgumentKind == ArgumentKind.DefaultValue;
    }

    private static bool IsOfCapsule(ITypeSymbol? type)
    {
        var container = type?.ContainingNamespace;
        while (container?.ContainingNamespace is { IsGlobalNamespace: false } outer)
            container = outer;
        return container?.Name == "Capsule";
    }

    /// <summary>Whether there is another method that takes the same and a token at the end.</summary>
    private static bool HasOverloadWithToken(IMethodSymbol method) =>
        method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other =>
            other.IsStatic == method.IsStatic && other.Arity == method.Arity && other.DeclaredAccessibility == Accessibility.Public
            && other.Parameters.Length == method.Parameters.Length + 1
            && other.Parameters[method.Parameters.Length].Type.Is(Token)
            && method.OriginalDefinition.Parameters.Zip(other.OriginalDefinition.Parameters, (mine, its) => mine.Type.ToDisplayString() == its.Type.ToDisplayString()).All(same => same));
}
