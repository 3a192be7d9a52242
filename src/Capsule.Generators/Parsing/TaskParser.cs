using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Parsing;

/// <summary>Reads a <c>[Task]</c>'s settings, and checks that its facade can exist.</summary>
internal sealed class TaskParser(Compilation compilation, NameRegistry names, ProblemList problems, CancellationToken cancellation)
{
    private static readonly string[] ReservedArguments = ["options", "cancellationToken"];

    public TaskHandlerModel? Parse(IMethodSymbol method, MethodModel model, HandlerMark mark)
    {
        var name = method.NameWithoutAsync();
        if (!HasUsableNames(method, model, name) || !HasUsableLock(model, mark) || !names.Take("task", name, method))
            return null;
        var retryFor = ParseRetryFor(method, mark);
        if (retryFor is null)
            return null;
        return new TaskHandlerModel
        {
            Method = model,
            Name = name,
            Retries = mark.Attribute.ArgumentOr("Retries", 0),
            TimeoutSeconds = mark.Attribute.ArgumentOr("TimeoutSeconds", 0d),
            Lock = mark.Attribute.ArgumentOr("Lock", (string?)null),
            RetryFor = retryFor.Value,
            Backoff = mark.EnumOr("Backoff", "global::Capsule.Backoff.Exponential"),
            IsPublic = method.IsPublicMember() && ReturnParser.Unwrap(method.ReturnType).Result?.IsPublic() != false
                && method.Parameters.All(parameter => parameter.Type.IsPublic()),
            Documentation = DocumentationParser.Parse(method, compilation, cancellation),
        };
    }

    private bool HasUsableNames(IMethodSymbol method, MethodModel model, string name)
    {
        var client = compilation.GetTypeByMetadataName("Capsule.TaskClient");
        if (!SyntaxFacts.IsValidIdentifier(name) || FacadeNames.IsHidden(client, name))
        {
            problems.Add(Rules.UnusableName, method, name);
            return false;
        }
        foreach (var argument in model.Parameters.OfType<TaskArgument>())
        {
            if (!ReservedArguments.Contains(argument.Name))
                continue;
            problems.Add(Rules.UnusableName, method.Parameters.First(parameter => parameter.Name == argument.Name), argument.Name);
            return false;
        }
        return true;
    }

    /// <summary>Whether each <c>{name}</c> in the lock is an argument. What has no closing brace is text, as it is for the host.</summary>
    private bool HasUsableLock(MethodModel model, HandlerMark mark)
    {
        var template = mark.Attribute.ArgumentOr("Lock", "");
        var arguments = model.Parameters.OfType<TaskArgument>().Select(argument => argument.Name).ToList();
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var close = template.IndexOf('}', open);
            if (close < 0)
                return true;
            var name = template.Substring(open + 1, close - open - 1);
            if (!arguments.Contains(name))
            {
                problems.Add(
                    Rules.UnknownLockArgument,
                    mark.Attribute.Locate("Lock", open, close - open + 1, cancellation),
                    name,
                    arguments.Count == 0 ? "it has none" : "it has " + string.Join(", ", arguments));
                return false;
            }
            open = close;
        }
        return true;
    }

    private EquatableArray<string>? ParseRetryFor(IMethodSymbol method, HandlerMark mark)
    {
        if (mark.Attribute.Argument("RetryFor") is not { Kind: TypedConstantKind.Array, IsNull: false } argument)
            return EquatableArray.Create<string>([]);
        var types = argument.Values.Select(value => value.Value).OfType<ITypeSymbol>().ToList();
        if (types.Find(type => !type.IsUsableFrom(compilation.Assembly)) is { } hidden)
        {
            problems.Add(Rules.NotAccessible, method, hidden.ToReadable());
            return null;
        }
        return types.Where(type => !type.IsUnknown()).Select(type => type.ToCodeWithoutNull()).ToEquatableArray();
    }
}

internal static class FacadeNames
{
    /// <summary>Whether a member of the type itself would win over an extension property of that name.</summary>
    public static bool IsHidden(INamedTypeSymbol? receiver, string name)
    {
        for (var type = receiver; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).Any(member => member.DeclaredAccessibility == Accessibility.Public))
                return true;
        }
        return false;
    }
}
