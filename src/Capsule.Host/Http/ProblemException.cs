using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>Ends a call of one of Capsule's own endpoints with a problem, from within.</summary>
internal sealed class ProblemException(IResult problem) : Exception
{
    public IResult Problem { get; } = problem;

    /// <summary>An endpoint filter that answers with the problem.</summary>
    public static async ValueTask<object?> ToResultAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }
}
