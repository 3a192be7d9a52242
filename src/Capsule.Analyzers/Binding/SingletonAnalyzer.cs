using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0111: a service that lives as long as the app wants something that belongs to one turn, run or request.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SingletonAnalyzer : CapsuleAnalyzer
{
    private static readonly string[] Registrations =
        ["AddSingleton", "TryAddSingleton", "AddKeyedSingleton", "TryAddKeyedSingleton", "AddHostedService", "Singleton", "KeyedSingleton"];

    private static readonly string[] OfOneCall =
        ["Session", "RequestContext", "Message", "TaskClient", "TaskProgress", "ScheduleRun", "DocumentDatabase", "Collection"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.CapturedByService];

    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!Registrations.Contains(call.TargetMethod.Name) || !IsOfServiceCollection(call.TargetMethod.ContainingType))
            return;
        if (BuiltType(call) is not { TypeKind: TypeKind.Class, IsAbstract: false } type)
            return;
        var constructors = type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        if (constructors.Count > 0 && constructors.TrueForAll(constructor => constructor.Parameters.Any(IsOfOneCall)))
        {
            var taken = constructors[0].Parameters.First(IsOfOneCall);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.CapturedByService, NameOf(call), type.ToReadable(), taken.Type.ToReadable()));
        }
    }

    private static bool IsOfServiceCollection(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() is "Microsoft.Extensions.DependencyInjection" or "Microsoft.Extensions.DependencyInjection.Extensions";

    /// <summary>The type whose constructor the container calls; null where the author hands over an object or a way to make one.</summary>
    private static INamedTypeSymbol? BuiltType(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate || parameter.Name is "implementationInstance" or "instance"))
            return null;
        if (method.TypeArguments.Length > 0)
            return method.TypeArguments[method.TypeArguments.Length - 1] as INamedTypeSymbol;
        return call.Arguments.Select(argument => argument.Value).OfType<ITypeOfOperation>().LastOrDefault()?.TypeOperand as INamedTypeSymbol;
    }

    private static bool IsOfOneCall(IParameterSymbol parameter) => OfOneCall.Any(name => parameter.Type.IsCapsule(name));

    private static Location NameOf(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
        ? access.Name.GetLocation()
        : call.Syntax.GetLocation();
}
