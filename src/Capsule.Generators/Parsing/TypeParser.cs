using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads one type: its handlers, and itself when it is a document.</summary>
internal sealed class TypeParser(
    Compilation compilation,
    INamedTypeSymbol type,
    NameRegistry names,
    ProblemList problems,
    List<Failure> failures,
    CancellationToken cancellation)
{
    public TypeModel? Parse(Candidate candidate, string assembly)
    {
        var handlers = candidate.Methods
            .Select(method => Guarded(method, () => new HandlerParser(compilation, names, problems, cancellation).Parse(method)))
            .OfType<HandlerModel>()
            .ToEquatableArray();
        var document = candidate.IsAnnotated
            ? Guarded(type, () => new DocumentParser(compilation, names, problems).Parse(type))
            : null;
        if (handlers.IsEmpty && document is null)
            return null;

        var name = type.ToReadable();
        return new TypeModel
        {
            Assembly = assembly,
            Identifier = Identifiers.Encode(name),
            HintName = $"{name.Replace("@", "")}.g.cs",
            Handlers = handlers,
            Document = document,
        };
    }

    /// <summary>A declaration that can't be read must not take the others with it.</summary>
    private T? Guarded<T>(ISymbol symbol, Func<T?> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failures.Add(new Failure(Rules.GeneratorFailed, [symbol.ToReadable(), exception.Message]));
            return null;
        }
    }
}
