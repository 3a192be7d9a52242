using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads how a handler is called: its parameters, and how its object is made.</summary>
internal sealed class MethodParser(Compilation compilation, ProblemList problems)
{
    private const string ChosenConstructor = "Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructorAttribute";

    /// <summary>Null, with a problem, when it can't be called.</summary>
    public MethodModel? Parse(IMethodSymbol method, ReturnModel returns, Func<IParameterSymbol, ParameterModel?> parseParameter)
    {
        var parameters = method.Parameters.Select(parseParameter).OfType<ParameterModel>().ToEquatableArray();
        var instance = method.IsStatic ? null : ParseInstance(method.ContainingType);
        if (parameters.Count < method.Parameters.Length || (instance is null && !method.IsStatic))
            return null;
        return new MethodModel
        {
            Id = method.ToReadable(),
            Type = method.ContainingType.ToCodeWithoutNull(),
            Name = method.Name,
            Parameters = parameters,
            ParameterTypes = method.Parameters.Select(parameter => parameter.Type.ToCodeWithoutNull()).ToEquatableArray(),
            Returns = returns,
            Instance = instance,
        };
    }

    private InstanceModel? ParseInstance(INamedTypeSymbol type)
    {
        var constructor = ChooseConstructor(type);
        if (constructor is null)
        {
            problems.Add(Rules.SeveralConstructors, type, type.ToReadable());
            return null;
        }
        var parser = new InvocationParameterParser(HandlerKind.Boot, problems, isConstructor: true);
        var parameters = constructor.Parameters.Select(parser.Parse).OfType<ParameterModel>().ToEquatableArray();
        return parameters.Count == constructor.Parameters.Length ? new InstanceModel(parameters, DisposalOf(type)) : null;
    }

    private static IMethodSymbol? ChooseConstructor(INamedTypeSymbol type)
    {
        var all = type.InstanceConstructors
            .Where(constructor => constructor.IsAccessibleInAssembly() && !IsCopyConstructor(constructor)).ToList();
        var chosen = all.Where(constructor => constructor.HasAttribute(ChosenConstructor)).ToList();
        if (chosen.Count == 0)
            chosen = all.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        if (type.IsValueType && chosen.Count > 1)
            chosen.RemoveAll(constructor => constructor.IsImplicitlyDeclared);
        return chosen.Count == 1 && !NeedsMoreThanConstructor(type, chosen[0]) ? chosen[0] : null;
    }

    private static bool IsCopyConstructor(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);

    /// <summary>Required members would have to be set as well.</summary>
    private static bool NeedsMoreThanConstructor(INamedTypeSymbol type, IMethodSymbol constructor)
    {
        if (constructor.HasAttribute("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute"))
            return false;
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (part.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }
        return false;
    }

    private Disposal DisposalOf(INamedTypeSymbol type)
    {
        if (type.Implements("System.IAsyncDisposable"))
            return Disposal.Asynchronous;
        var disposable = compilation.GetSpecialType(SpecialType.System_IDisposable);
        return type.AllInterfaces.Contains(disposable, SymbolEqualityComparer.Default) ? Disposal.Synchronous : Disposal.None;
    }
}
