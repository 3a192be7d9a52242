using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>
/// Runs the <c>[Boot]</c> handlers before anything else starts, so that one that fails stops the start, and the <c>[Shutdown]</c> handlers after
/// everything else has stopped.
/// </summary>
internal sealed partial class AppEvents(
    HandlerRegistry handlers,
    DataDirectory directory,
    ITaskClients tasks,
    IDocumentDatabases databases,
    IServiceScopeFactory scopes,
    ILogger<AppEvents> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        LogStarting(directory.Root, handlers.Messages.Count, handlers.Http.Count, handlers.Tasks.Count, handlers.Schedules.Count);
        foreach (var handler in handlers.AppEvents.Where(handler => handler.Event == AppEvent.Boot))
            await InvokeAsync(handler, cancellationToken);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var handler in handlers.AppEvents.Where(handler => handler.Event == AppEvent.Shutdown))
        {
            try
            {
                await InvokeAsync(handler, cancellationToken);
            }
            catch (Exception exception)
            {
                LogShutdownFailed(exception, handler.Id);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task InvokeAsync(AppEventHandler handler, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await handler.InvokeAsync(
            new Invocation(scope.ServiceProvider, tasks.For(AppUser.Info, sessionId: null, stopped: cancellationToken), databases.For(AppUser.Info, sessionId: null), cancellationToken));
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Capsule keeps its data in {Directory} and runs {Chats} chat, {Http} HTTP, {Tasks} task and {Schedules} schedule handlers.")]
    private partial void LogStarting(string directory, int chats, int http, int tasks, int schedules);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Shutdown handler {Handler} failed.")]
    private partial void LogShutdownFailed(Exception exception, string handler);
}
