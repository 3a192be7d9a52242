using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the registration of an HTTP handler, and the factory of its delegate.</summary>
internal static class HttpEmitter
{
    public static void Emit(SourceWriter registration, SourceWriter members, HttpHandlerModel handler, string factory)
    {
        EmitRegistration(registration, handler, factory);
        members.WriteLine();
        HttpDelegateEmitter.Emit(members, handler, factory);
        ParserEmitter.Emit(members, handler, factory);
        DecisionEmitter.Emit(members, handler, factory);
        FormConverterEmitter.Emit(members, handler, factory);
    }

    private static void EmitRegistration(SourceWriter writer, HttpHandlerModel handler, string factory)
    {
        var method = handler.Method;
        using (writer.Block($"handlers.Add(new {Known.Hosting}HttpHandler", ");"))
        {
            writer.WriteLine($"Id = {CSharp.Literal(method.Id)},");
            writer.WriteLine($"HttpMethod = {CSharp.Literal(handler.HttpMethod)},");
            writer.WriteLine($"Pattern = {CSharp.Literal(handler.Pattern)},");
            writer.WriteLine($"RequiresAuthentication = {CSharp.Boolean(handler.RequiresAuthentication)},");
            if (handler.Policy is not null)
                writer.WriteLine($"Policy = {CSharp.Literal(handler.Policy)},");
            writer.WriteLine($"Method = {MethodInfoOf(method)},");
            EmitParameters(writer, method.Parameters, factory);
            if (handler.Validation.HasAny)
                writer.WriteLine("IsValidated = true,");
            var sessions = BindingPlan.Of(method.Parameters).Select(bound => bound.Parameter).OfType<InjectedParameter>().Where(parameter => parameter.What == Injected.Session).ToList();
            if (sessions.Count > 0)
                writer.WriteLine($"RequiresSession = {CSharp.Boolean(sessions.Exists(session => !session.IsNullable))},");
            if (handler.Response.MetadataType is { } type && handler.Response.Kind is not ResponseKind.Result)
                writer.WriteLine($"ResponseType = typeof({type}),");
            MetadataProviderEmitter.Emit(writer, handler);
            if (handler.Response.DescribesItself)
                writer.WriteLine($"PopulateMetadata = {Known.Hosting}HttpHandler.Describe<{handler.Response.MetadataType}>,");
            DocumentationEmitter.Emit(writer, handler.Documentation);
            writer.WriteLine($"Build = {factory},");
        }
    }

    private static string MethodInfoOf(MethodModel method)
    {
        var types = string.Join(", ", method.ParameterTypes.Select(type => $"typeof({type})"));
        return $"typeof({method.Type}).GetMethod({CSharp.Literal(method.Name)}, {Known.Hosting}HttpHandler.DeclaredMethods, [{types}])!";
    }

    /// <summary>What the endpoint's metadata says of parameters; of those that no client can see, only what must be a service.</summary>
    private static void EmitParameters(SourceWriter writer, EquatableArray<ParameterModel> parameters, string factory)
    {
        var visible = new List<string>();
        foreach (var bound in BindingPlan.Of(parameters))
        {
            switch (bound.Parameter)
            {
                case ValueParameter value:
                    Add(bound, value.Name, value.Source == ValueSource.Form ? "Form" : "Value", value.IsOptional);
                    break;
                case FormParameter form:
                    Add(bound, form.Name, form.Part == FormPart.Form ? "Form" : "FormFile", form.IsOptional);
                    break;
                case FormObjectParameter form:
                    Add(bound, form.Name, "FormObject", form.IsOptional, $"DescribeForm = {Known.Hosting}FormDescription.Describe<{FormConverterEmitter.TypeArguments(form, 0, $"{factory}Form{bound.Id}")}>");
                    break;
                case CustomParameter custom:
                    Add(bound, custom.Name, "Custom", custom.IsOptional);
                    break;
                case BodyParameter { Undecided: { } undecided } body:
                    AddKind(bound, body.Name, body.IsOptional, $"{DecisionEmitter.NameOf(factory, bound)}.Kind{(undecided.MayBeBody ? "" : "WithoutBody")}");
                    break;
                case ServiceParameter { InferredAs: { } name } service:
                    Add(bound, name, "Service", service.IsOptional);
                    break;
                case BodyParameter body:
                    Add(bound, body.Name, body.IsExplicit ? "Body" : "BodyOrService", body.IsOptional, body.IsEmptyAllowed ? "IsEmptyAllowed = true" : null);
                    break;
            }
        }
        if (visible.Count > 0)
            writer.WriteLine($"Parameters = [{string.Join(", ", visible)}],");

        void Add(BoundValue bound, string name, string kind, bool isOptional, string? more = null) =>
            AddKind(bound, name, isOptional, $"{Known.Hosting}HttpParameterKind.{kind}", more);

        void AddKind(BoundValue bound, string name, bool isOptional, string kind, string? more = null)
        {
            var settings = new[] { bound.Info is null ? null : $"Member = {bound.Info}", more }.OfType<string>().ToList();
            var initializer = settings.Count == 0 ? "" : $" {{ {string.Join(", ", settings)} }}";
            visible.Add($"new({CSharp.Number(bound.Position)}, {CSharp.Literal(name)}, {kind}, {CSharp.Boolean(isOptional)}){initializer}");
        }
    }
}
