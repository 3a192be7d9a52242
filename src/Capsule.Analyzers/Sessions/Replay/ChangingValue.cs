using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>What gives something else when it is asked again, or does something outside of the app.</summary>
/// <param name="Operation">Where a method asks for it.</param>
/// <param name="What">What happens when it is done again, for a sentence.</param>
/// <param name="IsOutside">Whether another system is called, which notices that itself.</param>
internal sealed record ChangingValue(IOperation Operation, string What, bool IsOutside)
{
    private const string Clock = "System.DateTime|System.DateTimeOffset|System.TimeProvider|System.Environment|System.Diagnostics.Stopwatch";

    private static readonly Dictionary<string, string> ClockMembers = new(StringComparer.Ordinal)
    {
        ["Now"] = Clock,
        ["UtcNow"] = Clock,
        ["Today"] = Clock,
        ["GetUtcNow"] = Clock,
        ["GetLocalNow"] = Clock,
        ["GetTimestamp"] = Clock,
        ["GetElapsedTime"] = Clock,
        ["Elapsed"] = Clock,
        ["ElapsedMilliseconds"] = Clock,
        ["ElapsedTicks"] = Clock,
        ["TickCount"] = Clock,
        ["TickCount64"] = Clock,
    };

    /// <summary>Null for an operation that gives the same each time, as far as can be known.</summary>
    public static ChangingValue? Of(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { ContainingType: { } type } property } when IsClock(property, type) => new(operation, "reads the clock again", false),
        IInvocationOperation { TargetMethod: { ContainingType: { } type } method } call => OfCall(call, method, type),
        _ => null,
    };

    private static ChangingValue? OfCall(IInvocationOperation call, IMethodSymbol method, INamedTypeSymbol type)
    {
        if (IsClock(method, type))
            return new(call, "reads the clock again", false);
        if (method.Name is "NewGuid" or "CreateVersion7" && type.Is("System.Guid"))
            return new(call, "makes another Guid", false);
        if ((type.Name == "Random" && type.Is("System.Random") && !MayHaveSeed(call.Instance))
            || (type.Name == "RandomNumberGenerator" && type.Is("System.Security.Cryptography.RandomNumberGenerator")))
        {
            return new(call, "draws another random value", false);
        }
        return OutsideOf(method, type) is { } outside ? new(call, outside, true) : null;
    }

    private static bool IsClock(ISymbol member, INamedTypeSymbol type) =>
        ClockMembers.TryGetValue(member.Name, out var types) && types.Split('|').Any(name => type.Is(name));

    /// <summary>With a seed, chance repeats itself. Where one comes from elsewhere, nobody knows.</summary>
    private static bool MayHaveSeed(IOperation? random) => random switch
    {
        IPropertyReferenceOperation { Property: { Name: "Shared", IsStatic: true } } => false,
        IObjectCreationOperation creation => !creation.Arguments.IsEmpty,
        ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declaration] } } local =>
            local.SemanticModel?.GetOperation(declaration.GetSyntax()) is not IVariableDeclaratorOperation declarator
            || MayHaveSeed(SessionMembers.Unwrap(declarator.GetVariableInitializer()?.Value)),
        _ => true,
    };

    private static string? OutsideOf(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (method.Name.StartsWith("GetResponseAsync", StringComparison.Ordinal))
            return type.Is("Microsoft.Extensions.AI.IChatClient") || type.Is("Microsoft.Extensions.AI.ChatClientExtensions") ? "asks the model again" : null;
        if (method.Name.StartsWith("Send", StringComparison.Ordinal) || method.Name.EndsWith("Async", StringComparison.Ordinal))
        {
            if (type.Is("System.Net.Http.HttpClient") || type.Is("System.Net.Http.Json.HttpClientJsonExtensions"))
                return "makes the HTTP call again";
            if (type.Is("System.Net.Mail.SmtpClient"))
                return "sends the mail again";
        }
        if (method.Name.StartsWith("Execute", StringComparison.Ordinal))
            return type.DerivesFrom("System.Data.Common.DbCommand") ? "runs the command of the database again" : null;
        return method.Name.StartsWith("SaveChanges", StringComparison.Ordinal) && type.DerivesFrom("Microsoft.EntityFrameworkCore.DbContext")
            ? "writes to the database again"
            : null;
    }
}
