using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Validation;

#pragma warning disable ASP0029 // [ValidatableType] is for ASP.NET Core's own generator, which can't see how tests map minimal APIs; ours does without.

namespace Capsule.Generators.Tests.Http;

/// <summary>Handlers whose arguments have validation attributes.</summary>
public static class ValidationHandlers
{
    [Endpoint("GET", "/valid/values/{id}", Authorized = false)]
    public static string Values(
        [Range(1, 10)] int id,
        [StringLength(3, MinimumLength = 2)] string name,
        [Required, EmailAddress] string? mail,
        [Display(Name = "The count"), Range(1, 10)] int count = 5,
        [MaxLength(2)] int[]? list = null,
        [FromHeader(Name = "X-Word"), RegularExpression("[a-z]+")] string? word = null) => Text($"{id}{name}{mail}{count}{list?.Length}{word}");

    [Endpoint("GET", "/valid/optional", Authorized = false)]
    public static string Optional([Required] string? text, [Range(1, 2)] int? number) => Text($"{text}|{number}");

    [Endpoint("GET", "/valid/more", Authorized = false)]
    public static string More(
        [Length(2, 4)] string word,
        [MinLength(2)] int[] list,
        [Base64String] string? bytes,
        [AllowedValues(1, 2, null)] int? chosen,
        [DeniedValues("root", "admin")] string? name,
        [Range(0.0, 10.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double? between,
        [FromHeader(Name = "X-Given"), Required] string given = "x") => Text($"{word}{list.Length}{bytes}{chosen}{name}{between}{given}");

    [Endpoint("POST", "/valid/more", Authorized = false)]
    public static string MoreOfBody(More more) => more.Word;

    [Endpoint("POST", "/valid/required-order", Authorized = false)]
    public static string RequiredOrder([Required] Order? order) => order?.Name ?? "none";

    [Endpoint("POST", "/valid/order", Authorized = false)]
    public static string Order(Order order) => order.Name;

    [Endpoint("POST", "/valid/optional-order", Authorized = false)]
    public static string OptionalOrder(Order? order) => order?.Name ?? "none";

    [Endpoint("POST", "/valid/orders/{id}", Authorized = false)]
    public static string Orders([Range(1, 10)] int id, [FromBody, MinLength(1)] List<Order> orders, Clock clock) => Text($"{id}{orders.Count}{clock.Name}");

    [Endpoint("POST", "/valid/lines", Authorized = false)]
    public static string Lines([FromBody] Dictionary<string, Line> lines) => Text($"{lines.Count}");

    [Endpoint("POST", "/valid/inherited", Authorized = false)]
    public static string Inherited(Inheritor inheritor) => Text($"{inheritor.Number}");

    [Endpoint("POST", "/valid/pet", Authorized = false)]
    public static string Pet([FromBody] Pet pet) => pet.Name!;

    [Endpoint("POST", "/valid/period", Authorized = false)]
    public static string Period(Period period) => Text($"{period.From}-{period.To}");

    [Endpoint("POST", "/valid/stay", Authorized = false)]
    public static string Stay(Stay stay) => Text($"{stay.Guests}");

    [Endpoint("POST", "/valid/whole", Authorized = false)]
    public static string Whole(Whole whole) => Text($"{whole.A + whole.B}");

    [Endpoint("POST", "/valid/tree", Authorized = false)]
    public static string Tree(Tree tree) => Text($"{tree.Value}");

    [Endpoint("POST", "/valid/skipped", Authorized = false)]
    public static string Skipped(Skipping skipping) => Text($"{skipping.Shown}");

    [Endpoint("POST", "/valid/value", Authorized = false)]
    public static string Value([FromBody] Size size) => Text($"{size.Width}");

    [Endpoint("POST", "/valid/service", Authorized = false)]
    public static string WithService(Reserved reserved) => reserved.Name;

    [Endpoint("GET", "/valid/as/record", Authorized = false)]
    public static string AsRecord([AsParameters] Search search) => search.Text;

    [Endpoint("POST", "/valid/as/class/{id}", Authorized = false)]
    public static string AsClass([AsParameters] Change change) => Text($"{change.Id}{change.Order?.Name}");

    [Endpoint("POST", "/valid/form", Authorized = false)]
    public static string Form([FromForm, StringLength(3)] string title, [FromForm, Range(1, 5)] int? number) => Text($"{title}{number}");

    [Endpoint("GET", "/valid/bound", Authorized = false)]
    public static string Bound(Limited limited) => Text($"{limited.Number}");

    [Endpoint("GET", "/valid/throwing", Authorized = false)]
    public static string Throwing([Throwing] string word, [Range(0, 10)] long number = 1) => Text($"{word}{number}");

    [Endpoint("POST", "/valid/throwing", Authorized = false)]
    public static string ThrowingBody(Thrown thrown) => Text($"{thrown.Inner.Word}");

    [Endpoint("POST", "/valid/nothing", Authorized = false)]
    public static string Nothing(Todo todo) => todo.Title;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

[ValidatableType]
public sealed record Order(
    [Required, StringLength(5)] string Name,
    [Range(1, 10), Display(Name = "How many")] int Count,
    Address? Address = null,
    List<Line>? Lines = null,
    Line[]? More = null,
    Dictionary<string, Line>? Named = null,
    [property: EmailAddress] string? Mail = null,
    [Range(typeof(decimal), "0.5", "9.5")] decimal? Price = null)
{
    [Url]
    public string? Link { get; init; }
}

[ValidatableType]
public sealed record More(
    [Length(2, 4)] string Word,
    [Length(1, 2)] List<int>? Few,
    [MinLength(2)] int[]? List,
    [Base64String] string? Bytes,
    [AllowedValues("red", "green", null)] string? Color,
    [DeniedValues(0, 13)] int Number,
    [Range(0.0, 10.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double? Between)
{
    [Required(AllowEmptyStrings = true)]
    public string? Given { get; init; }
}

public sealed class Address
{
    [Required]
    public string? Street { get; set; }

    [RegularExpression("[0-9]{5}"), Display(Name = "Postal code")]
    public string? Code { get; set; }

    [MinLength(2, ErrorMessage = "A town has {1} letters at least.")]
    public string? Town { get; set; }
}

public sealed record Line([Range(1, 5)] int Quantity, [CreditCard, StringLength(4)] string? Card = null);

public class Inherited
{
    [Required]
    public string? Name { get; set; }

    [Range(1, 3)]
    public virtual int Level { get; set; } = 1;
}

public class Middle : Inherited
{
    public int Free { get; set; }
}

[ValidatableType]
public sealed class Inheritor : Middle
{
    [Range(1, 10)]
    public int Number { get; set; }
}

[ValidatableType]
[JsonDerivedType(typeof(Cat), "cat"), JsonDerivedType(typeof(Parrot), "parrot")]
public abstract class Pet
{
    [Required]
    public string? Name { get; set; }
}

public sealed class Cat : Pet
{
    [Range(1, 9)]
    public int Lives { get; set; }
}

public sealed class Parrot : Pet
{
    public string? Says { get; set; }
}

[ValidatableType]
public class Period : IValidatableObject
{
    [Range(0, 100)]
    public int From { get; set; }

    public int To { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From > To)
            yield return new ValidationResult($"{nameof(From)} is after {nameof(To)}.", [nameof(From), nameof(To)]);
        if (To == 13)
            yield return new ValidationResult($"Bad luck for {validationContext.DisplayName}.");
    }
}

[ValidatableType]
public sealed class Stay
{
    public int Guests { get; set; }

    public Period? Period { get; set; }

    public List<Period>? Others { get; set; }
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class SumAttribute(int limit) : ValidationAttribute
{
    public int Limit => limit;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is Whole whole && whole.A + whole.B > limit ? new ValidationResult($"{validationContext.DisplayName} is more than {limit}.", [nameof(Whole.A)]) : ValidationResult.Success;
}

[ValidatableType, Sum(10)]
public sealed class Whole
{
    [Range(0, 100)]
    public int A { get; set; }

    public int B { get; set; }
}

[ValidatableType]
public sealed class Tree
{
    [Range(1, 5)]
    public int Value { get; set; }

    public List<Tree>? Children { get; set; }
}

[ValidatableType]
public sealed class Skipping
{
    [Range(1, 5)]
    public int Shown { get; set; } = 1;

    [Range(1, 5), JsonIgnore]
    public int Ignored { get; set; }

    [SkipValidation]
    public Line? Line { get; set; }
}

public record struct Size([Range(1, 5)] int Width, Line? Line);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NotReservedAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && validationContext.GetService(typeof(Clock)) is Clock clock && clock.Name == text
            ? new ValidationResult($"{validationContext.MemberName} is reserved.", [validationContext.MemberName!])
            : ValidationResult.Success;
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ThrowingAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is "bad" ? throw new NotSupportedException("a secret") : true;
}

[ValidatableType]
public sealed record Thrown(ThrownInner Inner, [Range(0, 10)] double Number = 1);

public sealed record ThrownInner([Throwing] string Word);

[ValidatableType]
public sealed record Reserved([NotReserved] string Name);

[ValidatableType]
public sealed record Search([StringLength(3)] string Text, [property: Range(1, 10)] int Page = 1);

[ValidatableType]
public sealed class Change
{
    [FromRoute, Range(1, 10)]
    public required int Id { get; set; }

    [FromQuery(Name = "q"), StringLength(2)]
    public string? Query { get; set; }

    [FromBody]
    public Order? Order { get; set; }

    [FromServices]
    public required Clock Clock { get; set; }
}

[ValidatableType]
public sealed class Limited
{
    [Range(1, 5)]
    public int Number { get; init; }

    [SuppressMessage("Style", "IDE0060", Justification = "It is what ASP.NET Core looks for.")]
    public static ValueTask<Limited?> BindAsync(HttpContext context) =>
        new(int.TryParse(context.Request.Query["number"], CultureInfo.InvariantCulture, out var number) ? new Limited { Number = number } : null);
}
