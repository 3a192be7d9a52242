// Validation is part of ASP.NET Core from .NET 10 on.
#if NET10_0_OR_GREATER
#pragma warning disable ASP0029 // Its base classes are for generators as ours, and are still called experimental.
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Capsule.Hosting;

/// <summary>
/// Checks the arguments of handlers by their validation attributes, as <c>AddValidation</c> does for minimal APIs: with the framework's own validation,
/// as the innermost endpoint filter of those handlers that have something to check, and with what the author has added to <see cref="ValidationOptions"/>.
/// </summary>
internal sealed class HandlerValidation
{
    private readonly ValidationOptions options = new();
    private readonly IValidatableInfoResolver[] authors;

    public HandlerValidation(HandlerRegistry handlers, IOptions<ValidationOptions> options)
    {
        // Copied rather than added to: the author's own routes go on to know nothing of our types.
        this.options.MaxDepth = options.Value.MaxDepth;
        authors = [.. options.Value.Resolvers.Where(resolver => resolver.GetType().Assembly != typeof(ValidationOptions).Assembly)];
        foreach (var resolver in authors)
            this.options.Resolvers.Add(resolver);
        this.options.Resolvers.Add(new ValidatedTypeResolver(handlers));
    }

    /// <summary>Adds the filter to a handler's endpoint, unless there is nothing to check or the author has switched it off.</summary>
    public void AddTo(EndpointBuilder endpoint, HttpHandler handler, HttpHandlerContext context)
    {
        if (!(handler.IsValidated || authors.Length > 0) || endpoint.Metadata.OfType<IDisableValidationMetadata>().Any())
            return;
        var parameters = handler.Parameters.Select(parameter => parameter.Position).Distinct()
            .Select(context.Parameter)
            .Where(parameter => !context.IsService(parameter.ParameterType))
            .Select(parameter => InfoOf(parameter) is { } info ? new CheckedParameter(parameter.Position, parameter.Name!, info) : null)
            .OfType<CheckedParameter>()
            .ToArray();
        if (parameters.Length > 0)
            endpoint.FilterFactories.Add((_, next) => call => ValidateAsync(call, parameters, next));
    }

    /// <summary>How a parameter is checked; null where nothing is known that could be.</summary>
    private IValidatableInfo? InfoOf(ParameterInfo parameter)
    {
        foreach (var resolver in authors)
        {
            if (resolver.TryGetValidatableParameterInfo(parameter, out var found))
                return found;
        }
        if (parameter.IsDefined(typeof(SkipValidationAttribute), inherit: false))
            return null;
        var own = new ValidatedParameter(parameter);
        return own.HasRules || options.TryGetValidatableTypeInfo(ElementOf(parameter.ParameterType), out _) ? own : null;
    }

    private async ValueTask<object?> ValidateAsync(EndpointFilterInvocationContext call, CheckedParameter[] parameters, EndpointFilterDelegate next)
    {
        // What could not be bound is answered for already.
        if (call.HttpContext.Response.StatusCode >= StatusCodes.Status400BadRequest)
            return await next(call);
        ValidateContext? validation = null;
        var failure = new RuleFailure();
        foreach (var parameter in parameters)
        {
            var argument = call.Arguments[parameter.Position];
            // Rules of the parameter itself count for null, too: it may be required.
            var context = new ValidationContext(argument ?? parameter, parameter.Name, call.HttpContext.RequestServices, failure.Items);
            if (validation is null)
                validation = new ValidateContext { ValidationOptions = options, ValidationContext = context };
            else
                validation.ValidationContext = context;
            await parameter.Info.ValidateAsync(argument, validation, call.HttpContext.RequestAborted);
        }
        failure.ThrowIfAny();
        return validation?.ValidationErrors is { Count: > 0 } errors ? TypedResults.ValidationProblem(errors) : await next(call);
    }

    /// <summary>The type that a value of a collection has; any other type itself.</summary>
    private static Type ElementOf(Type type)
    {
        if (type.IsArray)
            return ElementOf(type.GetElementType()!);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return underlying;
        return type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments() is [.., var last] ? ElementOf(last) : type;
    }

    private sealed record CheckedParameter(int Position, string Name, IValidatableInfo Info);
}
#else
using Microsoft.AspNetCore.Builder;

namespace Capsule.Hosting;

internal sealed class HandlerValidation
{
    public void AddTo(EndpointBuilder endpoint, HttpHandler handler, HttpHandlerContext context)
    {
    }
}
#endif
