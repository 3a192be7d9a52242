namespace Capsule.Generators.Parsing;

/// <summary>As much of a route pattern as binding needs.</summary>
internal static class RoutePattern
{
    /// <summary>The names of a pattern's parameters. A malformed pattern gives those that can be made out.</summary>
    public static HashSet<string> ParameterNames(string pattern)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '{')
                continue;
            if (i + 1 < pattern.Length && pattern[i + 1] == '{')
            {
                i++;
                continue;
            }
            var start = i + 1;
            while (start < pattern.Length && pattern[start] == '*')
                start++;
            var end = start;
            while (end < pattern.Length && pattern[end] is not (':' or '=' or '?' or '}'))
                end++;
            names.Add(pattern.Substring(start, end - start));
            i = EndOfParameter(pattern, end);
        }
        return names;
    }

    /// <summary>A text as the literal part of a pattern.</summary>
    public static string Escape(string literal) => literal.Replace("{", "{{").Replace("}", "}}");

    /// <summary>The closing brace; doubled braces belong to a constraint such as a regular expression.</summary>
    private static int EndOfParameter(string pattern, int index)
    {
        while (index < pattern.Length)
        {
            if (pattern[index] == '}')
            {
                if (index + 1 >= pattern.Length || pattern[index + 1] != '}')
                    return index;
                index++;
            }
            index++;
        }
        return index;
    }
}
