using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Generators.Infrastructure;

/// <summary>
/// What a syntax tree declares, as one <see cref="Fingerprint"/>: everything in it but executable code. Two trees with the same
/// fingerprint, at the same place of otherwise equal compilations, declare the same symbols with the same attributes, constants, default
/// values, nullability and documentation.
/// </summary>
/// <remarks>
/// <para>Left out, but for their form: bodies of members, accessors and functions (block or arrow), top-level statements that declare no
/// name, and initialisers of properties and of fields that are not constant. Constants, enum values, default values and attribute arguments are kept: they are part of
/// a declaration, or of one that names them.</para>
/// <para>Three facts about symbols do come from bodies, and code below the fingerprint must not read them: the return type of
/// the top-level entry point, <c>IMethodSymbol.IsIterator</c>, and the implicit backing field of a property whose accessors say
/// <c>field</c>. The same holds for any syntax inside a body, and for positions in the text.</para>
/// <para>Kinds are compared as numbers and nodes are walked generically, so syntax newer than the Roslyn that this is built against
/// counts like any other.</para>
/// </remarks>
internal static class DeclarationFingerprint
{
    /// <summary>No kind of node or token has this number.</summary>
    private const int EndOfNode = -1;

    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<Fingerprint>> Known = new();

    /// <summary>Computed once for each tree object: an edit makes one new tree, and all others cost a look-up.</summary>
    public static Fingerprint Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Known.TryGetValue(tree, out var known))
        {
            var computed = new StrongBox<Fingerprint>(Compute(tree, cancellation));
            known = Known.GetValue(tree, _ => computed);
        }
        return known.Value;
    }

    private static Fingerprint Compute(SyntaxTree tree, CancellationToken cancellation)
    {
        var builder = new FingerprintBuilder();
        // The path names file-local types, and decides (with a comment) whether the file counts as generated.
        builder.Add(tree.FilePath);
        AddOptions(ref builder, tree.Options);

        var root = tree.GetRoot(cancellation);
        AddGeneratedMarks(ref builder, root);

        AddTree(ref builder, root, tree.Options.DocumentationMode == DocumentationMode.None, cancellation);
        return builder.ToFingerprint();
    }

    /// <summary>Every kept node and token in order, each node with an end mark. Not recursive: a long sum is a deep tree.</summary>
    private static void AddTree(
        ref FingerprintBuilder builder, SyntaxNode root, bool plainDocumentation, CancellationToken cancellation)
    {
        var topLevelStatements = false;
        var outer = new Stack<ChildSyntaxList.Enumerator>();
        var children = root.ChildNodesAndTokens().GetEnumerator();
        while (true)
        {
            if (!children.MoveNext())
            {
                builder.Add(EndOfNode);
                if (outer.Count == 0)
                    break;
                children = outer.Pop();
            }
            else if (children.Current.AsNode() is not { } node)
            {
                AddToken(ref builder, children.Current.AsToken(), plainDocumentation);
            }
            else if (!IsExecutable(node))
            {
                cancellation.ThrowIfCancellationRequested();
                AddNode(ref builder, node);
                outer.Push(children);
                children = node.ChildNodesAndTokens().GetEnumerator();
            }
            else if (node is GlobalStatementSyntax)
            {
                topLevelStatements = true;
                // Documentation at the head of the file belongs to the class that the statements become.
                AddStructuredTrivia(ref builder, node.GetLeadingTrivia());
                AddNullableDirectives(ref builder, node);
            }
            else
            {
                builder.Add(node.RawKind);
                AddNullableDirectives(ref builder, node);
            }
        }
        builder.Add(topLevelStatements);
    }

    private static bool IsExecutable(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax => true,
        GlobalStatementSyntax global => !DeclaresNames(global.Statement),
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } } =>
            !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };

    /// <summary>
    /// A top-level variable or function is in scope in the whole file: within a type its name hides others, if only for the compiler to
    /// say that it must not be used there.
    /// </summary>
    private static bool DeclaresNames(StatementSyntax statement) =>
        statement is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax
        || statement.DescendantNodes(static node => node is not (BlockSyntax or AnonymousFunctionExpressionSyntax))
            .Any(static node => node is SingleVariableDesignationSyntax);

    private static void AddNode(ref FingerprintBuilder builder, SyntaxNode node)
    {
        builder.Add(node.RawKind);
        // Blanks are not compared, and may alone make an expression wrong: then it has no constant value.
        if (node is ExpressionSyntax)
            builder.Add(node.ContainsDiagnostics);
    }

    private static void AddToken(ref FingerprintBuilder builder, SyntaxToken token, bool plainDocumentation)
    {
        builder.Add(token.RawKind);
        builder.Add(token.Text);
        if (token.HasStructuredTrivia)
        {
            AddStructuredTrivia(ref builder, token.LeadingTrivia);
            AddStructuredTrivia(ref builder, token.TrailingTrivia);
        }
        if (plainDocumentation)
        {
            AddPlainDocumentation(ref builder, token.LeadingTrivia);
            AddPlainDocumentation(ref builder, token.TrailingTrivia);
        }
    }

    /// <summary>Documentation comments, directives, and tokens that the parser skipped.</summary>
    private static void AddStructuredTrivia(ref FingerprintBuilder builder, SyntaxTriviaList list)
    {
        foreach (var trivia in list)
        {
            if (trivia.HasStructure)
                AddStructure(ref builder, trivia);
        }
    }

    private static void AddStructure(ref FingerprintBuilder builder, SyntaxTrivia trivia)
    {
        builder.Add(trivia.RawKind);
        builder.Add(trivia.GetStructure() is not DirectiveTriviaSyntax directive || directive.IsActive);
        if (trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            AddWithoutIndentation(ref builder, trivia.ToFullString());
        else
            builder.Add(trivia.ToFullString());
    }

    /// <summary>Lines of <c>///</c> may be moved to the right or left without a change of what they say.</summary>
    private static void AddWithoutIndentation(ref FingerprintBuilder builder, string text)
    {
        foreach (var line in text.Split('\n'))
            builder.Add(line.TrimStart());
    }

    /// <summary>Where documentation is not parsed, <c>///</c> and <c>/**</c> are plain comments that a reader of trivia may still see.</summary>
    private static void AddPlainDocumentation(ref FingerprintBuilder builder, SyntaxTriviaList list)
    {
        foreach (var trivia in list)
        {
            if (!IsComment(trivia))
                continue;
            var text = trivia.ToString();
            if (text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal))
                builder.Add(text);
        }
    }

    /// <summary>
    /// The one thing in a body that reaches beyond it: <c>#nullable</c> holds until the next one. Other directives act through the
    /// tokens that they leave.
    /// </summary>
    private static void AddNullableDirectives(ref FingerprintBuilder builder, SyntaxNode executable)
    {
        if (!executable.ContainsDirectives)
            return;
        foreach (var trivia in executable.DescendantTrivia(static node => node.ContainsDirectives))
        {
            if (trivia.IsKind(SyntaxKind.NullableDirectiveTrivia))
                AddStructure(ref builder, trivia);
        }
    }

    /// <summary>In a file that says it is generated, the project's nullable setting does not hold.</summary>
    private static void AddGeneratedMarks(ref FingerprintBuilder builder, SyntaxNode root)
    {
        foreach (var trivia in root.GetLeadingTrivia())
        {
            if (IsComment(trivia) && trivia.ToString() is var text && text.Contains("<auto"))
                builder.Add(text);
        }
    }

    private static void AddOptions(ref FingerprintBuilder builder, ParseOptions options)
    {
        builder.Add((int)options.Kind);
        builder.Add((int)options.DocumentationMode);
        builder.Add((options as CSharpParseOptions)?.LanguageVersion is { } version ? (int)version : -1);
        foreach (var symbol in options.PreprocessorSymbolNames)
            builder.Add(symbol);
        foreach (var feature in options.Features.OrderBy(feature => feature.Key, StringComparer.Ordinal))
        {
            builder.Add(feature.Key);
            builder.Add(feature.Value);
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
}
