using System.Globalization;
using System.Text;
using Capsule.Generators.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>
/// Writes down everything a generator could read from the declarations of a compilation and of the projects it references: the
/// strictest reader that the fingerprint must satisfy. What <see cref="DeclarationFingerprint"/> declares out of bounds is left out.
/// </summary>
public sealed class SymbolDumpGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(
            context.ParseDeclarations(static (compilation, _) => SymbolDump.Of(compilation)),
            static (output, dump) => output.AddSource("Dump.cs", dump));
}

internal sealed class SymbolDump
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeExplicitInterface | SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithKindOptions(SymbolDisplayKindOptions.IncludeMemberKeyword | SymbolDisplayKindOptions.IncludeTypeKeyword)
        .WithGenericsOptions(
            SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance)
        .WithMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    private readonly StringBuilder text = new();

    public static string Of(Compilation compilation)
    {
        var dump = new SymbolDump();
        dump.Line(0, $"entry {compilation.GetEntryPoint(CancellationToken.None)?.ContainingType.ToDisplayString(Format)}");
        dump.AddAssembly(compilation.Assembly);
        foreach (var reference in compilation.References)
        {
            if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
                && !assembly.Name.StartsWith("System", StringComparison.Ordinal))
                dump.AddAssembly(assembly);
        }
        return dump.text.ToString();
    }

    private void AddAssembly(IAssemblySymbol assembly)
    {
        Line(0, $"assembly {assembly.Identity.GetDisplayName()}");
        AddAttributes(0, "", assembly.GetAttributes());
        AddNamespace(assembly.GlobalNamespace);
    }

    private void AddNamespace(INamespaceSymbol @namespace)
    {
        foreach (var member in @namespace.GetMembers().OrderBy(member => member.MetadataName, StringComparer.Ordinal))
        {
            if (member is INamespaceSymbol inner)
                AddNamespace(inner);
            else
                AddType(0, (INamedTypeSymbol)member);
        }
    }

    private void AddType(int level, INamedTypeSymbol type)
    {
        AddSymbol(level, type);
        Line(level + 1, $"metadata name {type.MetadataName}");
        Line(level + 1, $"{type.TypeKind} {type.DeclaredAccessibility} record {type.IsRecord} ref {type.IsRefLikeType} "
            + $"readonly {type.IsReadOnly} file {type.IsFileLocal} serializable {type.IsSerializable}");
        Line(level + 1, $"base {type.BaseType?.ToDisplayString(Format)}");
        foreach (var @interface in type.AllInterfaces)
            Line(level + 1, $"interface {@interface.ToDisplayString(Format)}");
        AddTypeParameters(level + 1, type.TypeParameters);
        foreach (var member in type.GetMembers())
            AddMember(level + 1, member);
    }

    private void AddMember(int level, ISymbol member)
    {
        switch (member)
        {
            case INamedTypeSymbol type:
                AddType(level, type);
                break;
            case IFieldSymbol { IsImplicitlyDeclared: true }:
            case IMethodSymbol { Name: WellKnownMemberNames.TopLevelStatementsEntryPointMethodName }:
                break;
            case IFieldSymbol field:
                AddSymbol(level, field);
                Line(level + 1, $"const {field.HasConstantValue} {Value(field.HasConstantValue ? field.ConstantValue : null)} "
                    + $"volatile {field.IsVolatile} fixed {field.IsFixedSizeBuffer} {field.FixedSize} {field.NullableAnnotation}");
                break;
            case IPropertySymbol property:
                AddSymbol(level, property);
                Line(level + 1, $"required {property.IsRequired} get {property.GetMethod is not null} "
                    + $"set {property.SetMethod is not null} init {property.SetMethod?.IsInitOnly}");
                AddParameters(level + 1, property.Parameters);
                break;
            case IMethodSymbol method:
                AddMethod(level, method);
                break;
            default:
                AddSymbol(level, member);
                break;
        }
    }

    private void AddMethod(int level, IMethodSymbol method)
    {
        AddSymbol(level, method);
        Line(level + 1, $"{method.MethodKind} async {method.IsAsync} extension {method.IsExtensionMethod} readonly {method.IsReadOnly} "
            + $"partial {method.IsPartialDefinition} {method.PartialImplementationPart is not null}");
        AddAttributes(level + 1, "return ", method.GetReturnTypeAttributes());
        AddTypeParameters(level + 1, method.TypeParameters);
        AddParameters(level + 1, method.Parameters);
        foreach (var implemented in method.ExplicitInterfaceImplementations)
            Line(level + 1, $"implements {implemented.ToDisplayString(Format)}");
    }

    private void AddParameters(int level, IEnumerable<IParameterSymbol> parameters)
    {
        foreach (var parameter in parameters)
        {
            AddSymbol(level, parameter);
            Line(level + 1, $"{parameter.RefKind} {parameter.ScopedKind} params {parameter.IsParams} {parameter.NullableAnnotation} default "
                + $"{parameter.HasExplicitDefaultValue} {Value(parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null)}");
        }
    }

    private void AddTypeParameters(int level, IEnumerable<ITypeParameterSymbol> parameters)
    {
        foreach (var parameter in parameters)
        {
            AddSymbol(level, parameter);
            Line(level + 1, $"class {parameter.HasReferenceTypeConstraint} {parameter.ReferenceTypeConstraintNullableAnnotation} "
                + $"struct {parameter.HasValueTypeConstraint} new {parameter.HasConstructorConstraint} notnull {parameter.HasNotNullConstraint}");
        }
    }

    private void AddSymbol(int level, ISymbol symbol)
    {
        Line(level, $"{symbol.Kind} {symbol.ToDisplayString(Format)} [{symbol.GetDocumentationCommentId()}]");
        AddAttributes(level + 1, "", symbol.GetAttributes());
        if (symbol.GetDocumentationCommentXml() is { Length: > 0 } xml)
            Line(level + 1, $"doc {xml}");
    }

    private void AddAttributes(int level, string target, IEnumerable<AttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            Line(level, $"[{target}{attribute.AttributeClass?.ToDisplayString(Format)} {attribute.AttributeConstructor?.ToDisplayString(Format)}]");
            foreach (var argument in attribute.ConstructorArguments)
                Line(level + 1, Constant(argument));
            foreach (var argument in attribute.NamedArguments)
                Line(level + 1, $"{argument.Key} = {Constant(argument.Value)}");
        }
    }

    private static string Constant(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Array when !constant.IsNull => $"[{string.Join(", ", constant.Values.Select(Constant))}]",
        TypedConstantKind.Type => $"typeof {(constant.Value as ITypeSymbol)?.ToDisplayString(Format)}",
        TypedConstantKind.Error => "error",
        _ => $"({constant.Type?.ToDisplayString(Format)}){Value(constant.Value)}",
    };

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private void Line(int level, string text) => this.text.Append(' ', level).Append(text).Append('\n');
}
