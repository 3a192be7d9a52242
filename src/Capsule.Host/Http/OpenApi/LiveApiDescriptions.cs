using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Capsule.Hosting;

/// <summary>What the OpenAPI document is made of. The framework keeps it for good; when handlers are replaced it is found again.</summary>
internal sealed class LiveApiDescriptions : IApiDescriptionGroupCollectionProvider
{
    private ApiDescriptionGroupCollectionProvider found;

    public LiveApiDescriptions(HandlerRegistry handlers, IActionDescriptorCollectionProvider actions, IEnumerable<IApiDescriptionProvider> providers)
    {
        found = new(actions, providers);
        handlers.Replaced += () => found = new(actions, providers);
    }

    public ApiDescriptionGroupCollection ApiDescriptionGroups => found.ApiDescriptionGroups;
}
