namespace Capsule.Generators.Parsing;

/// <summary>Why a text is not a route pattern.</summary>
/// <param name="Position">Where in the text, from 0.</param>
/// <param name="Length">How many characters it covers; 0 when something is missing there.</param>
/// <param name="Message">A sentence about it.</param>
internal sealed record RouteError(int Position, int Length, string Message);

/// <summary>Reads a route pattern as ASP.NET Core does, which refuses a wrong one only when the app starts.</summary>
internal sealed class RoutePatternCheck
{
    private readonly string _pattern;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private int _position;
    private RouteError? _error;
    private Part? _catchAll;

    private RoutePatternCheck(string pattern) => _pattern = pattern;

    private bool AtEnd => _position >= _pattern.Length;

    private bool AtSegmentEnd => AtEnd || _pattern[_position] == '/';

    /// <summary>Null for a valid pattern.</summary>
    public static RouteError? Find(string pattern)
    {
        var check = new RoutePatternCheck(pattern);
        check.ReadPattern();
        return check._error;
    }

    private void ReadPattern()
    {
        if (_pattern.StartsWith("~/", StringComparison.Ordinal))
            _position = 2;
        else if (_pattern.StartsWith("/", StringComparison.Ordinal))
            _position = 1;
        else if (_pattern.StartsWith("~", StringComparison.Ordinal))
            Fail(0, 1, "'~' must be followed by '/'.");

        while (!AtEnd && _error is null)
        {
            if (_catchAll is not null)
                Fail(_catchAll, "A catch-all parameter must be the last of the pattern.");
            else if (_pattern[_position] == '/')
                Fail(_position, 1, "Two '/' follow each other.");
            else
                ReadSegment();
            _position++;
        }
    }

    private void ReadSegment()
    {
        var parts = new List<Part>();
        do
        {
            parts.Add(_pattern[_position] == '{' && !IsDoubled('{') ? ReadParameter() : ReadLiteral());
        }
        while (!AtSegmentEnd && _error is null);
        CheckSegment(parts);
    }

    private Part ReadLiteral()
    {
        var start = _position;
        for (; !AtSegmentEnd; _position++)
        {
            var c = _pattern[_position];
            if (c is '{' or '}')
            {
                if (IsDoubled(c))
                    _position++;
                else if (c == '{')
                    break;
                else
                    Fail(_position, 1, "This '}' closes nothing; write '}}' for a brace in the path.");
            }
            else if (c == '?')
            {
                Fail(_position, 1, "'?' may only end a parameter that is optional.");
            }
        }
        return new Part(start, _position - start);
    }

    private Part ReadParameter()
    {
        var start = _position++;
        while (!AtEnd && !(_pattern[_position] == '}' && !IsDoubled('}')))
        {
            if (_pattern[_position] == '{' && !IsDoubled('{'))
                Fail(_position, 1, "A '{' inside a parameter must be doubled.");
            _position += _pattern[_position] is '{' or '}' ? 2 : 1;
        }
        if (AtEnd)
        {
            Fail(start, _pattern.Length - start, "This '{' is never closed.");
            return new Part(start, _pattern.Length - start);
        }
        _position++;
        return DescribeParameter(start, _pattern.Substring(start + 1, _position - start - 2).Replace("{{", "{").Replace("}}", "}"));
    }

    private Part DescribeParameter(int start, string text)
    {
        var stars = text.StartsWith("**", StringComparison.Ordinal) ? 2 : text.StartsWith("*", StringComparison.Ordinal) ? 1 : 0;
        var isOptional = text.Length > stars && text.EndsWith("?", StringComparison.Ordinal);
        var part = new Part(start, _position - start) { IsParameter = true, IsOptional = isOptional };
        text = text.Substring(stars, text.Length - stars - (isOptional ? 1 : 0));
        var nameEnd = text.IndexOfAny([':', '='], Math.Min(1, text.Length));
        var name = nameEnd < 0 ? text : text.Substring(0, nameEnd);

        if (name.Length == 0 || name.IndexOfAny(['/', '{', '}', '?', '*']) >= 0)
            Fail(part, name.Length == 0 ? "The parameter has no name." : $"'{name}' is no name for a parameter.");
        else if (!_names.Add(name))
            Fail(part, $"The parameter '{name}' is there twice.");
        else if (isOptional && stars > 0)
            Fail(part, "A catch-all parameter can't be optional.");
        else if (isOptional && HasDefault(text, nameEnd))
            Fail(part, "A parameter with a default value is optional already.");
        if (stars > 0)
            _catchAll = part;
        return part;
    }

    /// <summary>Whether a <c>=</c> stands outside the parentheses of constraints.</summary>
    private static bool HasDefault(string text, int from)
    {
        var depth = 0;
        for (var i = Math.Max(from, 0); i < text.Length && from >= 0; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')' && depth > 0)
                depth--;
            else if (text[i] == '=' && depth == 0)
                return true;
        }
        return false;
    }

    private void CheckSegment(List<Part> parts)
    {
        for (var i = 0; i < parts.Count && parts.Count > 1; i++)
        {
            var part = parts[i];
            if (part == _catchAll)
                Fail(part, "A catch-all parameter must be a segment of its own.");
            else if (part.IsParameter && i > 0 && parts[i - 1].IsParameter)
                Fail(part, "Two parameters follow each other; something must stand between them.");
            else if (part.IsOptional && i < parts.Count - 1)
                Fail(part, "An optional parameter must be the last of its segment.");
            else if (part.IsOptional && _pattern.Substring(parts[i - 1].Start, parts[i - 1].Length) != ".")
                Fail(part, "Before an optional parameter, only '.' may stand in its segment.");
        }
    }

    private bool IsDoubled(char c) => _position + 1 < _pattern.Length && _pattern[_position + 1] == c;

    private void Fail(Part part, string message) => Fail(part.Start, part.Length, message);

    private void Fail(int start, int length, string message) => _error ??= new RouteError(start, length, message);

    /// <summary>A literal or a parameter of a segment.</summary>
    private sealed record Part(int Start, int Length)
    {
        public bool IsParameter { get; init; }

        public bool IsOptional { get; init; }
    }
}
