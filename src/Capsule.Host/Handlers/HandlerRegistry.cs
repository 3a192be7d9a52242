namespace Capsule.Hosting;

/// <summary>All handlers of an app, filled at start by the manifests; and again when the code of the running app is edited.</summary>
public sealed class HandlerRegistry
{
    private readonly HashSet<Type> included = [];
    private List<MessageHandler> messages = [];
    private List<HttpHandler> http = [];
    private List<ScheduleHandler> schedules = [];
    private readonly List<TaskHandler> tasks = [];
    private readonly List<AppEventHandler> appEvents = [];
    private readonly List<SessionEventHandler> sessionEvents = [];
    private readonly List<DocumentType> documents = [];
    private List<Func<IEnumerable<TypeDocumentation>>> typeDocumentation = [];
    private Dictionary<Type, ValidatedType> validatedTypes = [];

    /// <summary>The chat message handlers.</summary>
    public IReadOnlyList<MessageHandler> Messages => messages;

    /// <summary>The data and endpoint handlers.</summary>
    public IReadOnlyList<HttpHandler> Http => http;

    /// <summary>The schedules.</summary>
    public IReadOnlyList<ScheduleHandler> Schedules => schedules;

    /// <summary>The tasks.</summary>
    public IReadOnlyList<TaskHandler> Tasks => tasks;

    /// <summary>What runs when the app starts and stops.</summary>
    public IReadOnlyList<AppEventHandler> AppEvents => appEvents;

    /// <summary>What runs when a session begins and is closed.</summary>
    public IReadOnlyList<SessionEventHandler> SessionEvents => sessionEvents;

    /// <summary>The document types.</summary>
    public IReadOnlyList<DocumentType> Documents => documents;

    /// <summary>The types whose validation attributes are checked.</summary>
    public IReadOnlyDictionary<Type, ValidatedType> ValidatedTypes => validatedTypes;

    /// <summary>What comments say of the types that requests and responses hold.</summary>
    public IEnumerable<TypeDocumentation> TypeDocumentation => typeDocumentation.SelectMany(static read => read());

    /// <summary>The handler of a chat; null when the app has none.</summary>
    internal MessageHandler? FindMessage(string? chat) => messages.Find(handler => handler.Name == chat);

    /// <summary>Raised after handlers were replaced.</summary>
    internal event Action? Replaced;

    /// <summary>Registers a manifest unless it is registered already: several assemblies may reference the same one.</summary>
    public void Include(HandlerManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (included.Add(manifest.GetType()))
            manifest.Register(this);
    }

    /// <summary>Adds a chat message handler.</summary>
    public void Add(MessageHandler handler) => messages.Add(handler);

    /// <summary>Adds a data or endpoint handler.</summary>
    public void Add(HttpHandler handler) => http.Add(handler);

    /// <summary>Adds a schedule.</summary>
    public void Add(ScheduleHandler handler) => schedules.Add(handler);

    /// <summary>Adds a task.</summary>
    public void Add(TaskHandler handler) => tasks.Add(handler);

    /// <summary>Adds what runs when the app starts or stops.</summary>
    public void Add(AppEventHandler handler) => appEvents.Add(handler);

    /// <summary>Adds what runs when a session begins or is closed.</summary>
    public void Add(SessionEventHandler handler) => sessionEvents.Add(handler);

    /// <summary>Adds a document type.</summary>
    public void Add(DocumentType document) => documents.Add(document);

    /// <summary>Adds a type whose validation attributes are checked; several handlers may take the same one.</summary>
    public void Add(ValidatedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        validatedTypes.TryAdd(type.Type, type);
    }

    /// <summary>Adds what comments say of types. It is read when an OpenAPI document is asked for.</summary>
    public void Describe(Func<IEnumerable<TypeDocumentation>> types) => typeDocumentation.Add(types);

    /// <summary>
    /// Takes over the chats, HTTP handlers and schedules of another registry. The rest is part of what was set up at start, and stays.
    /// </summary>
    internal void Replace(HandlerRegistry fresh)
    {
        messages = fresh.messages;
        http = fresh.http;
        schedules = fresh.schedules;
        validatedTypes = fresh.validatedTypes;
        typeDocumentation = fresh.typeDocumentation;
        Replaced?.Invoke();
    }
}
