#if NET10_0_OR_GREATER
using System.ComponentModel.DataAnnotations;
using System.Runtime.ExceptionServices;

namespace Capsule.Hosting;

/// <summary>
/// A rule of which no exception's text gets to a caller: the framework puts it into its answer. An exception is kept instead, and thrown when validation
/// is through; it is the app's failure.
/// </summary>
internal sealed class GuardedRule(ValidationAttribute rule) : ValidationAttribute
{
    public override bool RequiresValidationContext => true;

    /// <summary>The rules that attributes make. <see cref="RequiredAttribute"/> stays as it is: the framework looks for it, and it throws nothing.</summary>
    public static ValidationAttribute[] Of(IEnumerable<ValidationAttribute> rules) =>
        [.. rules.Select(rule => rule is RequiredAttribute ? rule : new GuardedRule(rule))];

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        try
        {
            return rule.GetValidationResult(value, validationContext);
        }
        catch (OverflowException) when (rule is RangeAttribute)
        {
            // A number that the type of the limits can't hold is beyond them.
            return new ValidationResult(rule.FormatErrorMessage(validationContext.DisplayName));
        }
        catch (Exception exception) when (RuleFailure.In(validationContext) is { } failure)
        {
            failure.Keep(exception);
            return ValidationResult.Success;
        }
    }
}

/// <summary>What a rule has thrown while a request was checked.</summary>
internal sealed class RuleFailure
{
    private static readonly object key = new();

    private ExceptionDispatchInfo? first;

    /// <summary>What contexts of validation carry, to find it again.</summary>
    public Dictionary<object, object?> Items => new() { [key] = this };

    public static RuleFailure? In(ValidationContext context) => context.Items.TryGetValue(key, out var failure) ? (RuleFailure?)failure : null;

    public void Keep(Exception exception) => first ??= ExceptionDispatchInfo.Capture(exception);

    public void ThrowIfAny() => first?.Throw();
}
#endif
