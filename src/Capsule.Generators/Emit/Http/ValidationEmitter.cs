using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the registration of the types whose validation attributes are checked.</summary>
internal static class ValidationEmitter
{
    public static void Emit(SourceWriter writer, TypeModel type)
    {
        foreach (var validated in type.Handlers.OfType<HttpHandlerModel>().SelectMany(handler => handler.Validation.Types).Distinct())
        {
            var members = string.Join(", ", validated.Members.Select(member => CSharp.Literal(member)));
            writer.WriteLine($"handlers.Add(new {Known.Hosting}ValidatedType(typeof({validated.Type}), [{members}]));");
        }
    }
}
