using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads parameters of types that bind themselves from the request, in the order of ASP.NET Core: by interface, with the parameter's description, without.</summary>
internal static class BindAsync
{
    private const string Interface = "Microsoft.AspNetCore.Http.IBindableFromHttpContext";

    /// <summary>Null for a type that does not.</summary>
    public static CustomParameter? Parse(BindingTarget target)
    {
        var type = target.Type.WithoutNullable();
        if (ImplementsOfItself(type))
            return Of(target, type, binder: null, takesParameter: true, mayBeNull: true);
        var method = Find(type, parameters: 2) ?? Find(type, parameters: 1);
        return method is null ? null : Of(
            target, type, method.ContainingType.ToCodeWithoutNull(), takesParameter: method.Parameters.Length == 2,
            mayBeNull: !type.IsValueType || Result(method).IsNullableStruct());
    }

    private static CustomParameter Of(BindingTarget target, ITypeSymbol type, string? binder, bool takesParameter, bool mayBeNull) => new()
    {
        Name = target.Name,
        Type = target.Type.ToCode(),
        BoundType = type.ToCodeWithoutNull(),
        DisplayType = DisplayNames.Of(target.Type),
        Binder = binder,
        TakesParameter = takesParameter,
        IsOptional = target.IsOptional,
        IsTakenAsItIs = !mayBeNull || (target.IsOptional && (target.Type.IsReferenceType || target.Type.AcceptsNull())),
    };

    private static bool ImplementsOfItself(ITypeSymbol type) => type.AllInterfaces.Any(candidate =>
        candidate is { TypeArguments: [var self] } && candidate.Is(Interface) && SymbolEqualityComparer.Default.Equals(self, type));

    /// <summary>The nearest method of the type and its bases; else the only one among the static methods of its interfaces.</summary>
    private static IMethodSymbol? Find(ITypeSymbol type, int parameters)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            if (MethodsOf(part).FirstOrDefault(IsBinder) is { } found)
                return found;
        }
        var inherited = type.AllInterfaces.SelectMany(MethodsOf).Where(method => !method.IsAbstract && IsBinder(method)).ToList();
        return inherited.Count == 1 ? inherited[0] : null;

        bool IsBinder(IMethodSymbol method) =>
            method is { IsStatic: true, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public, Parameters: [var context, ..] }
            && method.Parameters.Length == parameters
            && context.Type.Is("Microsoft.AspNetCore.Http.HttpContext")
            && (parameters == 1 || method.Parameters[1].Type.Is("System.Reflection.ParameterInfo"))
            && method.ReturnType is INamedTypeSymbol { Arity: 1 } task && task.Is("System.Threading.Tasks.ValueTask")
            && SymbolEqualityComparer.Default.Equals(Result(method).WithoutNullable(), type);
    }

    private static IEnumerable<IMethodSymbol> MethodsOf(ITypeSymbol type) => type.GetMembers("BindAsync").OfType<IMethodSymbol>();

    private static ITypeSymbol Result(IMethodSymbol method) => ((INamedTypeSymbol)method.ReturnType).TypeArguments[0];
}
