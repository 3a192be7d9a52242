using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads one annotated method. Null, with a problem that says why, for one that can't be a handler.</summary>
internal sealed class HandlerParser(Compilation compilation, NameRegistry names, ProblemList problems, CancellationToken cancellation)
{
    public HandlerModel? Parse(IMethodSymbol method)
    {
        var marks = HandlerMark.On(method);
        if (marks.Count == 0 || marks.Any(mark => mark.Attribute.AttributeConstructor is null))
            return null;
        if (marks.Count > 1)
        {
            problems.Add(Rules.ConflictingHandlers, method, method.ToReadable(), string.Join("] and [", marks.Select(mark => mark.Kind)));
            return null;
        }

        var mark = marks[0];
        if (!new ShapeCheck(problems).Passes(method))
            return null;
        var returns = ReturnParser.Parse(method, mark, problems);
        if (returns is null)
            return null;
        return mark.IsHttp
            ? new HttpHandlerParser(compilation, names, problems, cancellation).Parse(method, mark, returns)
            : WithParameters(method, mark, returns);
    }

    private HandlerModel? WithParameters(IMethodSymbol method, HandlerMark mark, ReturnModel returns)
    {
        var parser = new InvocationParameterParser(mark.Kind, problems);
        var model = new MethodParser(compilation, problems).Parse(method, returns, parser.Parse);
        return model is null ? null : mark.Kind switch
        {
            HandlerKind.Message => Message(method, model, mark),
            HandlerKind.Schedule => new ScheduleParser(names, problems, cancellation).Parse(method, model, mark),
            HandlerKind.Task => new TaskParser(compilation, names, problems, cancellation).Parse(method, model, mark),
            HandlerKind.Boot or HandlerKind.Shutdown => new AppEventHandlerModel { Method = model, Event = mark.Kind.ToString() },
            _ => new SessionEventHandlerModel { Method = model, Moment = mark.Kind.ToString() },
        };
    }

    private MessageHandlerModel? Message(IMethodSymbol method, MethodModel model, HandlerMark mark)
    {
        var chat = mark.Text(0);
        var isFree = chat is null ? names.TakeDefaultChat(method) : names.Take("chat", chat, method);
        return isFree ? new MessageHandlerModel { Method = model, Chat = chat, OnCrash = mark.Enum("OnCrash") } : null;
    }
}

internal static class HandlerNames
{
    /// <summary>What a task or schedule is called unless it says so itself.</summary>
    public static string NameWithoutAsync(this IMethodSymbol method)
    {
        const string Suffix = "Async";
        return method.Name.Length > Suffix.Length && method.Name.EndsWith(Suffix, StringComparison.Ordinal)
            ? method.Name.Substring(0, method.Name.Length - Suffix.Length)
            : method.Name;
    }

    /// <summary>An enum argument as C#: its constant where it has one.</summary>
    public static string EnumOr(this HandlerMark mark, string name, string otherwise) => mark.Enum(name) ?? otherwise;

    /// <summary>An enum argument as C#; null where the attribute does not have it.</summary>
    public static string? Enum(this HandlerMark mark, string name) =>
        mark.Attribute.Argument(name) is { Kind: TypedConstantKind.Enum } value ? Constants.EnumMember(value) : null;
}
