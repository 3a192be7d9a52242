using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>Finds the manifests that the generator wrote, through an attribute of the assembly.</summary>
internal static class HandlerDiscovery
{
    public static HandlerRegistry CreateRegistry(IServiceProvider services)
    {
        var assemblies = services.GetRequiredService<IOptions<CapsuleOptions>>().Value.Handlers;
        if (assemblies.Count == 0)
            assemblies = [ApplicationAssembly(services.GetRequiredService<IHostEnvironment>().ApplicationName)];

        var registry = new HandlerRegistry();
        foreach (var assembly in assemblies)
            registry.Include(ManifestOf(assembly));
        HandlerNames.RequireUnique(registry);
        return registry;
    }

    private static HandlerManifest ManifestOf(Assembly assembly) =>
        assembly.GetCustomAttribute<CapsuleManifestAttribute>()?.Create()
        ?? throw new InvalidOperationException(
            $"The assembly '{assembly.GetName().Name}' has no Capsule handlers. If it declares some, its project lacks the generator: "
            + "reference the Capsule.Host package there directly. If they are in another assembly, name it: AddCapsule(options => options.Handlers.Add(assembly)).");

    private static Assembly ApplicationAssembly(string applicationName)
    {
        var entry = Assembly.GetEntryAssembly();
        if (entry?.GetName().Name == applicationName)
            return entry;
        try
        {
            return Assembly.Load(new AssemblyName(applicationName));
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            throw new InvalidOperationException(
                $"Capsule looks for handlers in the assembly called as the application, and '{applicationName}' can't be loaded. "
                + "Name the assembly that has them: AddCapsule(options => options.Handlers.Add(assembly)).",
                exception);
        }
    }
}
