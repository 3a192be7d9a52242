using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes what each kind of parameter needs: once at start, while binding, and in the call. Names are made from positions only.</summary>
internal static class HttpArgument
{
    private const string Values = Known.Hosting + "RequestValues";

    /// <summary>Whether the delegate has to wait for it.</summary>
    public static bool Waits(ParameterModel parameter) => parameter is BodyParameter or InjectedParameter { What: Injected.Session };

    /// <summary>Whether it needs to know who calls.</summary>
    public static bool NeedsCaller(ParameterModel parameter) =>
        parameter is InjectedParameter { What: Injected.Collection or Injected.Database or Injected.TaskClient or Injected.RequestContext };

    /// <summary>Declares who calls, for the arguments that need it.</summary>
    public static void EmitCaller(SourceWriter writer) => writer.WriteLine($"var caller = {Values}.Context(http);");

    public static void EmitPreparation(SourceWriter writer, ParameterModel parameter, int position, string factory)
    {
        var expression = parameter switch
        {
            ValueParameter value => Preparation(value, $"{factory}Parser{position}"),
            BodyParameter { IsExplicit: true } body =>
                $"context.Body<{body.Type}>({CSharp.Literal(body.Name)}, {CSharp.Literal(body.DisplayType)})",
            BodyParameter body =>
                $"context.BodyOrService<{body.Type}>({CSharp.Literal(body.Name)}, {CSharp.Literal(body.DisplayType)}, isOptional: {CSharp.Boolean(body.IsOptional)})",
            _ => null,
        };
        if (expression is not null)
            writer.WriteLine($"var parameter{position} = {expression};");
    }

    /// <summary>The expression that reads the value of a parameter and says whether that went well; null for one without.</summary>
    public static string? TryBind(ParameterModel parameter, int position) => parameter switch
    {
        ValueParameter { IsOptional: true, Shape: not ValueShape.Array } value =>
            $"parameter{position}.TryRead(http, {value.Default ?? "default"}, out {value.Type} value{position})",
        ValueParameter value => $"parameter{position}.TryRead(http, out {value.Type} value{position})",
        BodyParameter { IsOptional: true } body =>
            $"parameter{position}.TryTake(http, body{position}, {body.Default ?? "default!"}, out {body.Type} value{position})",
        BodyParameter body => $"parameter{position}.TryTake(http, body{position}, out {body.Type} value{position})",
        _ => null,
    };

    /// <summary>The arguments of a call.</summary>
    public static string List(EquatableArray<ParameterModel> parameters) => string.Join(", ", parameters.Select(Argument));

    private static string Argument(ParameterModel parameter, int position) => parameter switch
    {
        ValueParameter or BodyParameter => $"value{position}",
        ServiceParameter service => ServiceArgument.From(Values, service, "http"),
        InjectedParameter injected => Given(injected, position),
        _ => throw new InvalidOperationException($"{parameter.GetType().Name} does not belong to HTTP handlers."),
    };

    private static string Given(InjectedParameter parameter, int position) => parameter.What switch
    {
        Injected.CancellationToken => "http.RequestAborted",
        Injected.Collection => $"caller.Db.GetCollection<{parameter.Type}>()",
        Injected.Database => "caller.Db",
        Injected.TaskClient => "caller.Tasks",
        Injected.RequestContext => "caller",
        Injected.Session => $"session{position}.Session{(parameter.IsNullable ? "" : "!")}",
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
        var place = $"{Known.Hosting}ValueSource.{value.Source}, {CSharp.Literal(value.Name)}, {CSharp.Literal(value.DisplayType)}, {CSharp.Literal(value.DisplayName)}";
        if (value.Shape == ValueShape.StringValues)
            return $"context.StringValues({place})";
        var parser = ParserEmitter.TypeOf(value, ownParser);
        if (value.Shape == ValueShape.Array)
            return $"context.Array<{value.ValueType}, {parser}>({place})";
        if (value.Parser == Parser.Text)
            return $"context.Text({place})";
        return value.Shape == ValueShape.NullableStruct
            ? $"context.Value<{value.ValueType}?, {Known.Hosting}Parsers.Nullable<{value.ValueType}, {parser}>>({place})"
            : $"context.Value<{value.ValueType}, {parser}>({place})";
    }
}
