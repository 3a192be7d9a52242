using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Capsule.Hosting;

/// <summary>
/// The tool that writes the OpenAPI document when an app is built starts the app in its own process. A build must not open the database, run
/// <c>[Boot]</c> handlers or fire schedules.
/// </summary>
internal static class DocumentTool
{
    private static bool IsRunning => Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    /// <summary>Adds services, without what would run by itself when the tool is running: nothing else touches the data directory before a request.</summary>
    public static void AddInertUnderDocumentTool(this IServiceCollection services, Action<IServiceCollection> add)
    {
        var before = services.Where(IsHostedService).ToHashSet();
        add(services);
        if (!IsRunning)
            return;
        foreach (var added in services.Where(IsHostedService).Except(before).ToList())
            services.Remove(added);
    }

    private static bool IsHostedService(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService);
}
