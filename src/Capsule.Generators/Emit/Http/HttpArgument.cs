using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes what each kind of parameter needs: once at start, while binding, and in the call. Names are made from positions only.</summary>
internal static class HttpArgument
{
    private const string Values = Known.Hosting + "RequestValues";

    /// <summary>Whether the delegate has to wait for it.</summary>
    public static bool Waits(ParameterModel parameter) =>
        parameter is BodyParameter or CustomParameter or InjectedParameter { What: Injected.Session } || IsOfForm(parameter);

    /// <summary>Whether the form must have been read.</summary>
    public static bool IsOfForm(ParameterModel parameter) => parameter is FormParameter or FormObjectParameter or ValueParameter { Source: ValueSource.Form };

    /// <summary>Whether it needs to know who calls.</summary>
    public static bool NeedsCaller(ParameterModel parameter) =>
        parameter is InjectedParameter { What: Injected.Collection or Injected.Database or Injected.TaskClient or Injected.RequestContext };

    /// <summary>Declares who calls, for the arguments that need it.</summary>
    public static void EmitCaller(SourceWriter writer) => writer.WriteLine($"var caller = {Values}.Context(http);");

    public static void EmitPreparation(SourceWriter writer, BoundValue bound, string factory)
    {
        var expression = bound.Parameter switch
        {
            ValueParameter value => Preparation(value, $"Parser{bound.Id}Of{factory}"),
            FormParameter { Part: FormPart.File, IsOptional: false } file =>
                $"new {Known.Hosting}FormFileParameter({Names(file.Name, file.DisplayType, file.DisplayName)})",
            FormObjectParameter form =>
                $"context.FormObject<{form.Types[0].Type}, {FormConverterEmitter.ConverterOf(form, 0, $"{factory}Form{bound.Id}")}>({CSharp.Literal(form.DisplayType)}, {CSharp.Literal(form.Name)})",
            CustomParameter custom => Preparation(custom, bound),
            BodyParameter { Undecided: { } undecided } body =>
                $"context.Decided<{undecided.Type}, {body.Type}>({factory}Decision{bound.Id}, {InfoOf(bound)}, {Known.Hosting}ValueSource.{undecided.Source}, {CSharp.Literal(body.Name)}, "
                + $"{CSharp.Literal(body.DisplayType)})",
            BodyParameter { IsExplicit: true } body =>
                $"context.Body<{body.Type}>({CSharp.Literal(body.Name)}, {CSharp.Literal(body.DisplayType)})",
            BodyParameter body =>
                $"context.BodyOrService<{body.Type}>({CSharp.Literal(body.Name)}, {CSharp.Literal(body.DisplayType)})",
            _ => null,
        };
        if (expression is not null)
            writer.WriteLine($"var parameter{bound.Id} = {expression};");
    }

    /// <summary>The expression that waits for a value which its type reads from the request.</summary>
    public static string Custom(CustomParameter custom, string id) => custom switch
    {
        { Binder: null } => $"{Known.Hosting}CustomParameter.BindAsync<{custom.BoundType}>(http, parameter{id}.Info)",
        { TakesParameter: true } => $"{custom.Binder}.BindAsync(http, parameter{id}.Info)",
        _ => $"{custom.Binder}.BindAsync(http)",
    };

    /// <summary>The expression that reads the value of a parameter and says whether that went well; null for one without.</summary>
    public static string? TryBind(ParameterModel parameter, string id) => parameter switch
    {
        ValueParameter { IsOptional: true, Shape: not (ValueShape.Array or ValueShape.ArrayOfNullable) } value =>
            $"parameter{id}.TryRead(http, {Otherwise(value)}, out {value.Type} value{id})",
        ValueParameter value => $"parameter{id}.TryRead(http, out {value.Type} value{id})",
        FormParameter { Part: FormPart.File, IsOptional: false } => $"parameter{id}.TryTake(http, form, out var value{id})",
        FormObjectParameter => $"parameter{id}.TryRead(http, form, out var value{id})",
        CustomParameter { IsTakenAsItIs: false } custom => $"parameter{id}.TryTake(http, bound{id}, out {custom.BoundType} value{id})",
        BodyParameter { IsOptional: true } body =>
            $"parameter{id}.TryTake(http, body{id}, {body.Default ?? "default!"}, out {body.Type} value{id})",
        BodyParameter body => $"parameter{id}.TryTake(http, body{id}, out {body.Type} value{id})",
        _ => null,
    };

    /// <summary>The arguments of a call.</summary>
    public static string List(EquatableArray<ParameterModel> parameters) =>
        string.Join(", ", parameters.Select((parameter, position) => Argument(parameter, CSharp.Number(position))));

    private static string Argument(ParameterModel parameter, string id) => parameter switch
    {
        ObjectParameter composed => Composed(composed, id),
        CustomParameter { IsTakenAsItIs: true } => $"bound{id}",
        ValueParameter or BodyParameter or CustomParameter or FormObjectParameter => $"value{id}",
        FormParameter { Part: FormPart.Form } => "form",
        FormParameter { Part: FormPart.Files } => "form.Files",
        FormParameter { IsOptional: true } file => $"form.Files[{CSharp.Literal(file.Name)}]",
        FormParameter => $"value{id}",
        ServiceParameter service => ServiceArgument.From(Values, service, "http"),
        InjectedParameter injected => Given(injected, id),
        _ => throw new InvalidOperationException($"{parameter.GetType().Name} does not belong to HTTP handlers."),
    };

    private static string Composed(ObjectParameter composed, string id)
    {
        var members = composed.Members.Select((member, index) => (member.Property, Argument: Argument(member.Parameter, $"{id}_{CSharp.Number(index)}")));
        return composed.Constructor.IsEmpty
            ? $"new {composed.Type} {{ {string.Join(", ", members.Select(member => $"{CSharp.Identifier(member.Property)} = {member.Argument}"))} }}"
            : $"new {composed.Type}({string.Join(", ", members.Select(member => member.Argument))})";
    }

    private static string Given(InjectedParameter parameter, string id) => parameter.What switch
    {
        Injected.CancellationToken => "http.RequestAborted",
        Injected.Collection => $"caller.Db.GetCollection<{parameter.Type}>()",
        Injected.Database => "caller.Db",
        Injected.TaskClient => "caller.Tasks",
        Injected.RequestContext => "caller",
        Injected.Session => $"session{id}.Session{(parameter.IsNullable ? "" : "!")}",
        Injected.HttpContext => "http",
        Injected.HttpRequest => "http.Request",
        Injected.HttpResponse => "http.Response",
        Injected.User => "http.User",
        Injected.BodyStream => "http.Request.Body",
        Injected.BodyReader => "http.Request.BodyReader",
        _ => throw new InvalidOperationException($"{parameter.What} does not belong to HTTP handlers."),
    };

    private static string Preparation(ValueParameter value, string ownParser)
    {
        var place = $"{Known.Hosting}ValueSource.{value.Source}, {Names(value.Name, value.DisplayType, value.DisplayName)}";
        if (value.Shape == ValueShape.StringValues)
            return $"context.StringValues({place})";
        var parser = ParserEmitter.TypeOf(value, ownParser);
        if (value.Shape == ValueShape.Array)
            return $"context.Array<{value.ValueType}, {parser}>({place})";
        if (value.Shape == ValueShape.ArrayOfNullable)
            return $"context.Array<{value.ValueType}?, {Known.Hosting}Parsers.{(value.IsOfStructs ? "EmptyIsNull" : "EmptyIsNullReference")}<{value.ValueType}, {parser}>>({place})";
        if (value.Parser == Parser.Text)
            return $"context.Text({place})";
        return value.Shape == ValueShape.NullableStruct
            ? $"context.Value<{value.ValueType}?, {Known.Hosting}Parsers.Nullable<{value.ValueType}, {parser}>>({place})"
            : $"context.Value<{value.ValueType}, {parser}>({place})";
    }

    private static string Preparation(CustomParameter custom, BoundValue bound)
    {
        var method = custom.TakesParameter ? "BindAsync(HttpContext, ParameterInfo)" : "BindAsync(HttpContext)";
        return $"new {Known.Hosting}CustomParameter({InfoOf(bound)}, {CSharp.Literal(custom.DisplayType)}, {CSharp.Literal(custom.Name)}, {CSharp.Literal($"{custom.DisplayType}.{method}")})";
    }

    /// <summary>No texts are a value of <c>StringValues</c>: ASP.NET Core never gets to its default.</summary>
    private static string Otherwise(ValueParameter value) => value.Shape == ValueShape.StringValues && value.Default is not null
        ? "global::Microsoft.Extensions.Primitives.StringValues.Empty"
        : value.Default ?? "default";

    private static string InfoOf(BoundValue bound) => bound.Info ?? $"context.Parameter({CSharp.Number(bound.Position)})";

    private static string Names(string name, string displayType, string displayName) =>
        $"{CSharp.Literal(name)}, {CSharp.Literal(displayType)}, {CSharp.Literal(displayName)}";
}
