using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Binding;

/// <summary>CAP0111.</summary>
internal static class SingletonPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Registers("class Cache(Session session) { public Session Session => session; }", "services.{|CAP0111:AddSingleton<Cache>|}();"),
        Registers("interface ICache; public class Cache(RequestContext context) : ICache { public RequestContext Context => context; }", "services.{|CAP0111:AddSingleton<ICache, Cache>|}();"),
        Registers("class Cache(TaskClient tasks) { public TaskClient Tasks => tasks; }", "services.{|CAP0111:AddSingleton|}(typeof(Cache));"),
        Registers("class Cache { public Cache(Session session) { } public Cache(Session session, TimeProvider clock) { } }", "services.{|CAP0111:AddSingleton|}(typeof(Cache), typeof(Cache));"),
        Registers("class Cache(TaskProgress progress) { public TaskProgress Progress => progress; }", "Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions.{|CAP0111:TryAddSingleton<Cache>|}(services);"),
        Registers("interface ICache; public class Cache(Session session) : ICache { public Session Session => session; }", "services.{|CAP0111:AddSingleton|}(typeof(ICache), typeof(Cache));"),
        Registers("class Cache(DocumentDatabase db) { public DocumentDatabase Db => db; }", "services.{|CAP0111:AddSingleton<Cache>|}();"),
        Registers("class Cache { internal Cache() { } public Cache(Session session) { } }", "services.{|CAP0111:AddSingleton<Cache>|}();"),
        Registers("class Worker(Session session) : BackgroundService { protected override Task ExecuteAsync(CancellationToken stoppingToken) => session.ReplyAsync(\"x\"); }", "services.{|CAP0111:AddHostedService<Worker>|}();"),
        Registers("record Row(string Id, string Name); internal class Cache(Collection<Row> rows) { public Collection<Row> Rows => rows; }", "services.{|CAP0111:AddKeyedSingleton<Cache>|}(\"k\");"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Registers("class Cache(Session session) { public Session Session => session; }", "services.AddScoped<Cache>(); services.AddTransient<Cache>();"),
        Registers("class Cache(TimeProvider clock) { public TimeProvider Clock => clock; }", "services.AddSingleton<Cache>();"),
        Registers("class Cache(Session? session) { public Session? Session => session; }", "services.AddSingleton(_ => new Cache(null)); services.AddSingleton(new Cache(null));"),
        Registers("class Cache { public Cache() { } public Cache(Session session) { } }", "services.AddSingleton<Cache>();"),
        Registers("class Cache { public Cache(Session session) { } public Cache() { } }", "services.AddSingleton<Cache>();"),
        Registers("class Cache { internal Task UseAsync(Session session) => session.ReplyAsync(\"x\"); }", "services.AddSingleton<Cache>();"),
        Registers("class Cache(Func<Session> session) { public Func<Session> Session => session; }", "services.AddSingleton<Cache>();"),
        Registers("class Cache(Session session) { public Session Session => session; }", "AddSingleton<Cache>(services);").Replace("internal static class Startup {", "internal static class Startup { private static void AddSingleton<T>(IServiceCollection services) { } ", StringComparison.Ordinal),
        Types("public class Cache<T>(T value) { public T Value => value; } public static class Startup { public static void Add<T>(IServiceCollection services) where T : class => services.AddSingleton<T>(); }"),
    ];

    private static string Registers(string type, string statements) =>
        Types($"internal {type} internal static class Startup {{ public static void Add(IServiceCollection services) {{ {statements} }} }}");
}
