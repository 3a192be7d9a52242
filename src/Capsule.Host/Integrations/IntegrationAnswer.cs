namespace Capsule.Hosting;

/// <summary>Reads what a user has entered into an integration's form.</summary>
internal static class IntegrationAnswer
{
    private const int MostCharacters = 8_192;

    /// <exception cref="ProblemException">The integration has no form, or a field is missing, unknown or too long.</exception>
    public static IntegrationCredentials Read(IntegrationDefinition definition, IReadOnlyDictionary<string, string?>? answer)
    {
        if (definition is not FormIntegration form)
            throw Bad($"'{definition.Integration}' is not connected with a form.");
        if (answer is null)
            throw Bad($"'fields' must have {string.Join(", ", form.Fields.Select(field => $"'{field.Name}'"))}.");
        if (answer.Keys.FirstOrDefault(name => form.Fields.All(field => field.Name != name)) is { } unknown)
            throw Bad($"There is no field '{unknown}'.");
        var entered = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in form.Fields)
        {
            var value = answer.GetValueOrDefault(field.Name)?.Trim() ?? "";
            if (value.Length == 0 && field.Required)
                throw Bad($"The field '{field.Name}' must be filled in.");
            if (value.Length > MostCharacters)
                throw Bad($"The field '{field.Name}' has at most {MostCharacters} characters.");
            if (value.Length > 0)
                entered.Add(field.Name, value);
        }
        return new IntegrationCredentials { Fields = entered };
    }

    private static ProblemException Bad(string detail) => new(Problems.BadRequest(detail));
}
