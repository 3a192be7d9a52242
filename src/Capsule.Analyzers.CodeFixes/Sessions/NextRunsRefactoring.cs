using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Capsule.Generators.Parsing;
using Capsule.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>Shows when a schedule runs next, on its cron expression. It changes nothing.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp), Shared]
public sealed class NextRunsRefactoring : CodeRefactoringProvider
{
    private const int Count = 5;

    private readonly Func<DateTimeOffset> now;

    public NextRunsRefactoring()
        : this(() => DateTimeOffset.UtcNow)
    {
    }

    internal NextRunsRefactoring(Func<DateTimeOffset> now) => this.now = now;

    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { } syntax
            || syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration
            || semantics?.GetDeclaredSymbol(declaration, context.CancellationToken) is not IMethodSymbol method)
        {
            return;
        }
        var mark = HandlerMark.On(method).FirstOrDefault(mark =>
            mark.Kind == HandlerKind.Schedule && mark.Attribute.ApplicationSyntaxReference?.Span == syntax.Span && mark.Attribute.ApplicationSyntaxReference.SyntaxTree == syntax.SyntaxTree);
        if (mark.Attribute is null || mark.Text(0) is not { } cron || CronExpression.TryParse(cron, out _) is not { NeverFires: false } expression)
            return;
        var runs = Runs(expression, mark.Attribute.ArgumentOr("TimeZone", "UTC"))
            .Select(run => CodeAction.Create(run, _ => Task.FromResult(context.Document), equivalenceKey: run)).ToImmutableArray();
        context.RegisterRefactoring(CodeAction.Create($"Next runs of '{cron}'", runs, isInlinable: false));
    }

    /// <summary>In the schedule's own time zone; where this machine does not know it, as its clocks show the time when they are not changed.</summary>
    private IEnumerable<string> Runs(CronExpression expression, string name)
    {
        var zone = Find(name) ?? TimeZoneInfo.Utc;
        var time = now();
        for (var i = 0; i < Count && expression.Next(time, zone) is { } next; i++)
        {
            time = next;
            yield return TimeZoneInfo.ConvertTime(next, zone).ToString("ddd yyyy-MM-dd HH:mm ", CultureInfo.InvariantCulture) + name;
        }
    }

    private static TimeZoneInfo? Find(string name)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            return null;
        }
    }
}
