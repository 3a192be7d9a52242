using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0305.</summary>
internal static class LifetimePrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Message("last = {|CAP0305:session|};", "static Session? last;"),
        Message("Last ??= {|CAP0305:session|};", "static Session? Last { get; set; }"),
        Message("last = {|CAP0305:Session.Current|};", "static Session? last;"),
        Message("App.sessions[session.Id] = {|CAP0305:session|};", "static readonly Dictionary<string, Session> sessions = [];"),
        Message("sessions.Add({|CAP0305:session|});", "static readonly List<Session> sessions = [];"),
        Message("sessions.TryAdd(session.Id, {|CAP0305:session|});", "static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Session> sessions = new();"),
        Members("static RequestContext? last; [Data(\"d\")] public static int Handle(RequestContext context) { last = {|CAP0305:context|}; return 1; }"),
        Message("Task.Run(() => {|CAP0305:session|}.ReplyAsync(\"x\"));"),
        Message("_ = Task.Run(async () => { await Task.Yield(); await {|CAP0305:session|}.ReplyAsync(\"x\"); });"),
        Message("_ = Task.Run(() => Help({|CAP0305:session|}));", "static Task Help(Session session) => Task.CompletedTask;"),
        Message("_ = Task.Run(() => {|CAP0305:session|}?.ReplyAsync(\"x\"));"),
        Message("await using var reply = session.StreamReply(); last = {|CAP0305:reply|};", "static ReplyStream? last;"),
        Message("last = {|CAP0305:session|}; last = {|CAP0305:Session.Current|};", "static Session? last;"),
        Message("_ = Task.Factory.StartNew(() => {|CAP0305:session|}.Data.Remove(\"x\"));"),
        Message("_ = Work().ContinueWith(_ => {|CAP0305:session|}.ReplyAsync(\"x\"));", "static Task Work() => Task.CompletedTask;"),
        Message("ThreadPool.QueueUserWorkItem(_ => {|CAP0305:session|}.Data.Remove(\"x\"));"),
        Message("ThreadPool.UnsafeQueueUserWorkItem(_ => {|CAP0305:session|}.Data.Remove(\"x\"), null);"),
        Message("timer = new Timer(_ => {|CAP0305:session|}.Data.Remove(\"x\")); timer.Change(1000, 1000);", "static Timer? timer;"),
        Message("var timer = new Timer(_ => {|CAP0305:session|}.Data.Remove(\"x\")); timer.Change(1000, 1000);"),
        Message("_ = new Timer(_ => {|CAP0305:session|}.Data.Remove(\"x\"), null, 1000, 1000);"),
        Message("_ = Later({|CAP0305:session|});", "static async Task Later(Session session) { await Task.Yield(); await session.ReplyAsync(\"x\"); }"),
        Message("Later(1, {|CAP0305:session|}).ConfigureAwait(false);", "static async Task Later(int after, Session? session) { await Task.Delay(after); if (session is not null) await session.ReplyAsync(\"x\"); }"),
        Message("_ = Local(); async Task Local() { await Task.Yield(); await {|CAP0305:session|}.ReplyAsync(\"x\"); }"),
        Message("_ = Task.Run(Local); Task Local() => {|CAP0305:session|}.ReplyAsync(\"x\");"),
        Message("_ = Later(() => {|CAP0305:session|}.ReplyAsync(\"x\"));", "static async Task Later(Func<Task> work) { await Task.Yield(); await work(); }"),
        Members("[Endpoint(\"POST\", \"/\")] public static int Handle(RequestContext context) { _ = Task.Run(() => {|CAP0305:context|}.Services.GetHashCode()); return 1; }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Message("last = session.Id;", "static string? last;"),
        Message("last = default(Session);", "static Session? last;"),
        Message("registry.Add(session);", "static readonly Registry registry = new(); public class Registry { public void Add(Session session) { } }"),
        Message("last = session; try { await Task.Yield(); } finally { last = null; }", "static Session? last;"),
        Message("active.TryAdd(session.Id, session); try { await Task.Yield(); } finally { active.TryRemove(session.Id, out _); }", "static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Session> active = new();"),
        Message("current.Value = session;", "static readonly AsyncLocal<Session?> current = new();"),
        Message("last = session;", "[ThreadStatic] static Session? last;"),
        Members("Session? session; [Message] public Task Handle(Session current) { session = current; return Reply(); } Task Reply() => session!.ReplyAsync(\"x\");"),
        Message("await Task.Run(() => session.ReplyAsync(\"x\"));"),
        Message("var work = Task.Run(() => session.ReplyAsync(\"x\")); await work;"),
        Message("await Task.WhenAll(Task.Run(() => session.ReplyAsync(\"x\")), Task.Run(() => session.NotifyAsync(\"y\")));"),
        Message("_ = Task.Run(() => Console.WriteLine(session.Id + session.User.Id));"),
        Message("_ = Task.Run(() => Console.WriteLine($\"{session.Channel} {session.CanReply} {session.CancellationToken.IsCancellationRequested}\"));"),
        Message("Action later = () => { _ = Task.Run(Make(session)); }; later();", "static Action Make(Session session) => () => { };"),
        Message("_ = Task.Run(() => Use(s => s.ReplyAsync(\"x\")));", "static void Use(Func<Session, Task> use) { }"),
        Members("[Data(\"d\")] public static int Handle(RequestContext context) { _ = Task.Run(() => Console.WriteLine(context.Authenticated)); return 1; }"),
        Message("var id = session.Id; _ = Task.Run(() => Console.WriteLine(id));"),
        Message("await using var timer = new Timer(_ => Console.WriteLine(session.NotifyAsync(\"x\")), null, 1000, 1000);"),
        Message("var timer = new Timer(_ => Console.WriteLine(session.NotifyAsync(\"x\")), null, 1000, 1000); try { await Task.Yield(); } finally { timer.Dispose(); }"),
        Message("var copies = new List<Session>(); copies.Add(session);"),
        Message("Func<Session, Task> greet = s => s.ReplyAsync(\"x\"); greetings.Add(greet);", "static readonly List<Func<Session, Task>> greetings = [];"),
        Message("await Later(session); var later = Later(session); await later;", "static async Task Later(Session session) { await Task.Yield(); await session.ReplyAsync(\"x\"); }"),
        Message("_ = Count(session.Id);", "static async Task Count(string id) => await Task.Yield();"),
        Message("_ = Name(session);", "static Task<string> Name(Session session) => Task.FromResult(session.Id);"),
        Message("_ = Task.Run(Local); void Local() => Console.WriteLine(session.Id);"),
        Message("_ = Task.Run(Local); await Use(session); static async Task Local() => await Use(null); static Task Use(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
        Message("await Task.WhenAll(new[] { 1 }.Select(_ => Local())); async Task Local() { await Task.Yield(); await session.ReplyAsync(\"x\"); }"),
        Message("await session.Tasks.Work.SubmitAsync();", "[Task] public static Task Work(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
    ];

    private static string Message(string body, string members = "") => Members($"[Message] public static async Task Handle(Session session, CancellationToken cancellationToken) {{ await Task.Yield(); {body} }}\n    {members}");
}
