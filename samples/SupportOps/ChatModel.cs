using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;

namespace SupportOps;

/// <summary>Chooses the model: any OpenAI-compatible server when <c>OPENAI_API_KEY</c> is set, else one that needs no network.</summary>
internal static class ChatModel
{
    public static void AddChatModel(this IServiceCollection services, IConfiguration configuration)
    {
        var key = configuration["OPENAI_API_KEY"];
        if (string.IsNullOrEmpty(key))
        {
            services.AddSingleton<IChatClient, DemoChatClient>();
            return;
        }
        var options = new OpenAIClientOptions();
        if (configuration["OPENAI_BASE_URL"] is { Length: > 0 } address)
            options.Endpoint = new Uri(address);
        var client = new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(configuration["OPENAI_MODEL"] ?? "gpt-4o-mini");
        services.AddSingleton<IChatClient>(new OpenAIChatClient(client));
    }
}
