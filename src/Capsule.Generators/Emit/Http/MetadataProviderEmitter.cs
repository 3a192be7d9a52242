using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the calls by which types of parameters add metadata to the endpoint.</summary>
internal static class MetadataProviderEmitter
{
    public static void Emit(SourceWriter writer, HttpHandlerModel handler)
    {
        if (handler.MetadataProviders.IsEmpty)
            return;
        using (writer.Block("PopulateParameterMetadata = static (method, builder) =>", ","))
        {
            foreach (var provider in handler.MetadataProviders)
            {
                if (provider.DescribesParameter)
                    writer.WriteLine($"{Known.Hosting}HttpHandler.DescribeParameter<{provider.Type}>({InfoOf(handler, provider)}, builder);");
                if (provider.DescribesEndpoint)
                    writer.WriteLine($"{Known.Hosting}HttpHandler.Describe<{provider.Type}>(method, builder);");
            }
        }
    }

    private static string InfoOf(HttpHandlerModel handler, MetadataProviderModel provider) => provider.Member is { } member
        ? BindingPlan.InfoOf((ObjectParameter)handler.Method.Parameters[provider.Position], member)
        : $"method.GetParameters()[{CSharp.Number(provider.Position)}]";
}
