namespace Capsule.Generators.Parsing;

/// <summary>Why a text is not a route pattern.</summary>
/// <param name="Position">Where in the text, from 0.</param>
/// <param name="Length">How many characters it covers; 0 when something is missing there.</param>
/// <param name="Message">A sentence about it.</param>
internal sealed record RouteError(int Position, int Length, string Message);

/// <summary>A parameter of a route pattern.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where its brace opens, from 0.</param>
/// <param name="Length">How many characters it covers, braces included.</param>
/// <param name="Constraints">What stands after its first colon, default value aside; empty for none.</param>
internal sealed record RouteParameter(string Name, int Start, int Length, string Constraints)
{
    public bool IsOptional { get; init; }

    public bool HasDefault { get; init; }

    public bool IsCatchAll { get; init; }
}

/// <summary>Reads a route pattern as ASP.NET Core does, which refuses a wrong one only when the app starts.</summary>
internal sealed class RoutePatternCheck
{
    private readonly string pattern;
    private readonly List<RouteParameter> parameters = [];
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private int position;
    private RouteError? error;
    private Part? catchAll;

    private RoutePatternCheck(string pattern) => this.pattern = pattern;

    private bool AtEnd => position >= pattern.Length;

    private bool AtSegmentEnd => AtEnd || pattern[position] == '/';

    /// <summary>Null for a valid pattern.</summary>
    public static RouteError? Find(string pattern)
    {
        var check = new RoutePatternCheck(pattern);
        check.ReadPattern();
        return check.error;
    }

    /// <summary>The parameters of a valid pattern, in order; of one that is not valid, none.</summary>
    public static IReadOnlyList<RouteParameter> Parameters(string pattern)
    {
        var check = new RoutePatternCheck(pattern);
        check.ReadPattern();
        return check.error is null ? check.parameters : [];
    }

    private void ReadPattern()
    {
        if (pattern.StartsWith("~/", StringComparison.Ordinal))
            position = 2;
        else if (pattern.StartsWith("/", StringComparison.Ordinal))
            position = 1;
        else if (pattern.StartsWith("~", StringComparison.Ordinal))
            Fail(0, 1, "'~' must be followed by '/'.");

        while (!AtEnd && error is null)
        {
            if (catchAll is not null)
                Fail(catchAll, "A catch-all parameter must be the last of the pattern.");
            else if (pattern[position] == '/')
                Fail(position, 1, "Two '/' follow each other.");
            else
                ReadSegment();
            position++;
        }
    }

    private void ReadSegment()
    {
        var parts = new List<Part>();
        do
        {
            parts.Add(pattern[position] == '{' && !IsDoubled('{') ? ReadParameter() : ReadLiteral());
        }
        while (!AtSegmentEnd && error is null);
        CheckSegment(parts);
    }

    private Part ReadLiteral()
    {
        var start = position;
        for (; !AtSegmentEnd; position++)
        {
            var c = pattern[position];
            if (c is '{' or '}')
            {
                if (IsDoubled(c))
                    position++;
                else if (c == '{')
                    break;
                else
                    Fail(position, 1, "This '}' closes nothing; write '}}' for a brace in the path.");
            }
            else if (c == '?')
            {
                Fail(position, 1, "'?' may only end a parameter that is optional.");
            }
        }
        return new Part(start, position - start);
    }

    private Part ReadParameter()
    {
        var start = position++;
        while (!AtEnd && !(pattern[position] == '}' && !IsDoubled('}')))
        {
            if (pattern[position] == '{' && !IsDoubled('{'))
                Fail(position, 1, "A '{' inside a parameter must be doubled.");
            position += pattern[position] is '{' or '}' ? 2 : 1;
        }
        if (AtEnd)
        {
            Fail(start, pattern.Length - start, "This '{' is never closed.");
            return new Part(start, pattern.Length - start);
        }
        position++;
        return DescribeParameter(start, pattern.Substring(start + 1, position - start - 2).Replace("{{", "{").Replace("}}", "}"));
    }

    private Part DescribeParameter(int start, string text)
    {
        var stars = text.StartsWith("**", StringComparison.Ordinal) ? 2 : text.StartsWith("*", StringComparison.Ordinal) ? 1 : 0;
        var isOptional = text.Length > stars && text.EndsWith("?", StringComparison.Ordinal);
        var part = new Part(start, position - start) { IsParameter = true, IsOptional = isOptional };
        text = text.Substring(stars, text.Length - stars - (isOptional ? 1 : 0));
        var nameEnd = text.IndexOfAny([':', '='], Math.Min(1, text.Length));
        var name = nameEnd < 0 ? text : text.Substring(0, nameEnd);

        if (name.Length == 0 || name.IndexOfAny(['/', '{', '}', '?', '*']) >= 0)
            Fail(part, name.Length == 0 ? "The parameter has no name." : $"'{name}' is no name for a parameter.");
        else if (!names.Add(name))
            Fail(part, $"The parameter '{name}' is there twice.");
        else if (isOptional && stars > 0)
            Fail(part, "A catch-all parameter can't be optional.");
        else if (isOptional && DefaultIn(text, nameEnd) >= 0)
            Fail(part, "A parameter with a default value is optional already.");
        if (stars > 0)
            catchAll = part;
        parameters.Add(new RouteParameter(name, part.Start, part.Length, ConstraintsIn(text, nameEnd))
        {
            IsOptional = isOptional,
            HasDefault = DefaultIn(text, nameEnd) >= 0,
            IsCatchAll = stars > 0,
        });
        return part;
    }

    private static string ConstraintsIn(string text, int from)
    {
        if (from < 0 || text[from] != ':')
            return "";
        var end = DefaultIn(text, from) is var at and >= 0 ? at : text.Length;
        return end <= from ? "" : text.Substring(from + 1, end - from - 1);
    }

    /// <summary>
    /// Where the <c>=</c> of a default value stands, outside the parentheses of constraints; -1 for none. As in ASP.NET Core the search begins at the last
    /// character of the name, which may itself mean something, a parenthesis that is never closed encloses nothing, and one is closed only by a <c>)</c>
    /// at the end or before a <c>:</c> or <c>=</c>.
    /// </summary>
    private static int DefaultIn(string text, int nameEnd)
    {
        var enclosed = false;
        var constrained = false;
        for (var i = nameEnd - 1; nameEnd > 0 && i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(' when !enclosed && (constrained || i <= nameEnd):
                    enclosed = true;
                    break;
                case ')' when enclosed && i + 1 < text.Length && text[i + 1] is ':' or '=':
                    enclosed = false;
                    break;
                case ':' or '=' when enclosed && text.IndexOf(')', i + 1) is var close and >= 0:
                    i = close;
                    break;
                case '=':
                    return i;
                case ':':
                    enclosed = false;
                    constrained = true;
                    break;
            }
        }
        return -1;
    }

    private void CheckSegment(List<Part> parts)
    {
        for (var i = 0; i < parts.Count && parts.Count > 1; i++)
        {
            var part = parts[i];
            if (part == catchAll)
                Fail(part, "A catch-all parameter must be a segment of its own.");
            else if (part.IsParameter && i > 0 && parts[i - 1].IsParameter)
                Fail(part, "Two parameters follow each other; something must stand between them.");
            else if (part.IsOptional && i < parts.Count - 1)
                Fail(part, "An optional parameter must be the last of its segment.");
            else if (part.IsOptional && pattern.Substring(parts[i - 1].Start, parts[i - 1].Length) != ".")
                Fail(part, "Before an optional parameter, only '.' may stand in its segment.");
        }
    }

    private bool IsDoubled(char c) => position + 1 < pattern.Length && pattern[position + 1] == c;

    private void Fail(Part part, string message) => Fail(part.Start, part.Length, message);

    private void Fail(int start, int length, string message) => error ??= new RouteError(start, length, message);

    /// <summary>A literal or a parameter of a segment.</summary>
    private sealed record Part(int Start, int Length)
    {
        public bool IsParameter { get; init; }

        public bool IsOptional { get; init; }
    }
}
