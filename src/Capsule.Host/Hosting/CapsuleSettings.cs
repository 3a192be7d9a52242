using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// The configuration section <c>Capsule</c>: each key, how its text is read and what its value must be. A table instead of the configuration binder: no
/// reflection, and every complaint names the key and what it must be.
/// </summary>
internal sealed class CapsuleSettings(IConfiguration configuration) : IConfigureOptions<CapsuleOptions>, IValidateOptions<CapsuleOptions>
{
    public const string Section = "Capsule";

    private static readonly Setting[] settings =
    [
        new("DataDirectory", "a path", Text((options, value) => options.DataDirectory = value), options => options.DataDirectory),
        new("AppName", "a name", Text((options, value) => options.AppName = value), options => options.AppName),
        new("Page", "true or false", Flag((options, value) => options.Page = value), options => options.Page),
        new("OpenApi:Page", "true or false", Flag((options, value) => options.OpenApi.Page = value), options => options.OpenApi.Page, IsFlagOrNone),
        new("OpenApi:Description", "a text", Text((options, value) => options.OpenApi.Description = value), options => options.OpenApi.Description, IsTextOrNone),
        new("OpenApi:Version", "a version", Text((options, value) => options.OpenApi.Version = value), options => options.OpenApi.Version),
        new("OpenApi:ContactName", "a name", Text((options, value) => options.OpenApi.ContactName = value), options => options.OpenApi.ContactName, IsTextOrNone),
        new("OpenApi:ContactEmail", "an e-mail address", Text((options, value) => options.OpenApi.ContactEmail = value), options => options.OpenApi.ContactEmail, IsEmailOrNone),
        new("OpenApi:ContactUrl", "an absolute address", Text((options, value) => options.OpenApi.ContactUrl = value), options => options.OpenApi.ContactUrl, IsAddressOrNone),
        new("OpenApi:LicenseName", "a name", Text((options, value) => options.OpenApi.LicenseName = value), options => options.OpenApi.LicenseName, IsTextOrNone),
        new("OpenApi:LicenseUrl", "an absolute address", Text((options, value) => options.OpenApi.LicenseUrl = value), options => options.OpenApi.LicenseUrl, IsAddressOrNone),
        new(
            "ClosedSessionDays",
            "a number of days above 0 and up to 36500",
            Number((options, value) => options.ClosedSessionDays = value),
            options => options.ClosedSessionDays,
            value => value is null or (> 0d and <= 36_500d)),
        Count("Limits:MessageCharacters", (limits, value) => limits.MessageCharacters = (int)value, limits => limits.MessageCharacters),
        Count("Limits:UploadBytes", (limits, value) => limits.UploadBytes = value, limits => limits.UploadBytes, long.MaxValue),
        Count("Limits:UploadCount", (limits, value) => limits.UploadCount = (int)value, limits => limits.UploadCount),
        Count("Limits:WaitingUploads", (limits, value) => limits.WaitingUploads = (int)value, limits => limits.WaitingUploads),
        Count("Limits:ConcurrentTurnsPerUser", (limits, value) => limits.ConcurrentTurnsPerUser = (int)value, limits => limits.ConcurrentTurnsPerUser),
        Count("Limits:ConcurrentTurns", (limits, value) => limits.ConcurrentTurns = (int)value, limits => limits.ConcurrentTurns),
        Count("Limits:QueueLength", (limits, value) => limits.QueueLength = (int)value, limits => limits.QueueLength),
        Seconds("Limits:PromptSeconds", (limits, value) => limits.PromptSeconds = value, limits => limits.PromptSeconds),
        Seconds("Limits:TurnSeconds", (limits, value) => limits.TurnSeconds = value, limits => limits.TurnSeconds),
        Count("Limits:TurnCrashes", (limits, value) => limits.TurnCrashes = (int)value, limits => limits.TurnCrashes),
        Seconds("Limits:ShutdownSeconds", (limits, value) => limits.ShutdownSeconds = value, limits => limits.ShutdownSeconds, orNone: true),
    ];

    /// <summary>Every key, relative to the section.</summary>
    public static IEnumerable<string> Keys => settings.Select(setting => setting.Key);

    public void Configure(CapsuleOptions options)
    {
        var section = configuration.GetSection(Section);
        var failures = settings
            .Where(setting => section[setting.Key] is { } text && !setting.TryRead(options, text))
            .Select(setting => setting.Complaint(section[setting.Key]))
            .ToList();
        if (failures.Count > 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(CapsuleOptions), failures);
    }

    public ValidateOptionsResult Validate(string? name, CapsuleOptions options)
    {
        var failures = settings
            .Where(setting => !setting.IsValid(setting.Value(options)))
            .Select(setting => setting.Complaint(setting.Value(options)))
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsFlagOrNone(object? value) => value is null or bool;

    private static bool IsTextOrNone(object? value) => value is not "";

    private static bool IsEmailOrNone(object? value) => value is null || new EmailAddressAttribute().IsValid(value);

    private static bool IsAddressOrNone(object? value) =>
        value is null || (value is string text && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");

    private static TryRead Text(Action<CapsuleOptions, string> set) => (options, text) =>
    {
        set(options, text);
        return true;
    };

    private static TryRead Number(Action<CapsuleOptions, double> set) => (options, text) =>
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return false;
        set(options, value);
        return true;
    };

    private static TryRead Flag(Action<CapsuleOptions, bool> set) => (options, text) =>
    {
        if (!bool.TryParse(text, out var value))
            return false;
        set(options, value);
        return true;
    };

    private static Setting Count(string key, Action<CapsuleLimits, long> set, Func<CapsuleLimits, long> get, long most = int.MaxValue) =>
        new(
            key,
            string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most}"),
            (options, text) =>
            {
                if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value > most || value < int.MinValue)
                    return false;
                set(options.Limits, value);
                return true;
            },
            options => get(options.Limits),
            value => value is >= 1L);

    private static Setting Seconds(string key, Action<CapsuleLimits, double> set, Func<CapsuleLimits, double> get, bool orNone = false)
    {
        // The longest time a timer can wait.
        const double most = int.MaxValue / 1000;
        return new(
            key,
            string.Create(CultureInfo.InvariantCulture, $"a number of seconds {(orNone ? "from" : "above")} 0 and up to {most}"),
            Number((options, value) => set(options.Limits, value)),
            options => get(options.Limits),
            value => value is > 0d and <= most || (orNone && value is 0d));
    }

    /// <summary>Reads a text into the options; false when it is not of the setting's kind.</summary>
    private delegate bool TryRead(CapsuleOptions options, string text);

    private sealed record Setting(
        string Key, string MustBe, TryRead TryRead, Func<CapsuleOptions, object?> Value, Func<object?, bool>? Rule = null)
    {
        public bool IsValid(object? value) => Rule?.Invoke(value) ?? value is not (null or "");

        public string Complaint(object? value) => string.Create(CultureInfo.InvariantCulture, $"{Section}:{Key} must be {MustBe}; it is '{value}'.");
    }
}
