using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>
/// Finds the shortest ways from methods to a reply. Each method is looked at once for what is known of its parameters, so the work
/// grows with the number of calls.
/// </summary>
internal sealed class ReplySearch(CallGraph graph, Implementations implementations, CancellationToken cancellation)
{
    /// <summary>A method that is called with ever different arguments counts as called with any.</summary>
    private const int MostStatesOfMethod = 8;

    private readonly Dictionary<(IMethodSymbol Method, uint Known), State> states = new(new StateComparer());
    private readonly Dictionary<IMethodSymbol, int> statesOfMethod = new(SymbolEqualityComparer.Default);
    private readonly Queue<State> unexplored = new();
    private readonly List<State> replying = [];

    /// <summary>The ways from those of the methods that have one, by the method they begin with.</summary>
    public IEnumerable<ReplyPath> Find(IReadOnlyCollection<IMethodSymbol> roots)
    {
        var starts = roots.Select(root => StateOf(root, 0)).ToList();
        while (unexplored.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Explore(unexplored.Dequeue());
        }
        Spread(step => step.IsCertain, (state, step) => state.Certain ??= step);
        Spread(_ => true, (state, step) => state.Possible ??= step);
        foreach (var start in starts)
        {
            if (start.Certain is not null)
                yield return PathFrom(start, isCertain: true, state => state.Certain!);
            else if (start.Possible is not null)
                yield return PathFrom(start, isCertain: false, state => state.Possible!);
        }
    }

    private State StateOf(IMethodSymbol method, uint known)
    {
        if (states.TryGetValue((method, known), out var state))
            return state;
        statesOfMethod.TryGetValue(method, out var count);
        if (count >= MostStatesOfMethod && known != 0)
            return StateOf(method, 0);
        statesOfMethod[method] = count + 1;
        states.Add((method, known), state = new State(method, known));
        unexplored.Enqueue(state);
        return state;
    }

    private void Explore(State state)
    {
        var isSchedule = HandlerMark.Is(state.Method, HandlerKind.Schedule);
        foreach (var call in graph.CallsOf(state.Method))
        {
            if ((call.RuledOut & state.Known) != 0 || ReplyMembers.DoesNotReply(call.Target))
                continue;
            if (ReplyMembers.IsOutput(call.Target))
            {
                if (!isSchedule || !call.IsOwnOutput)
                    Connect(state, null, new Step(null, call, call.Target, call.IsCertain));
                continue;
            }
            var known = call.Given | call.Passed.Aggregate(0u, (bits, pair) => (state.Known & pair.From) != 0 ? bits | pair.To : bits);
            if (ReplyMembers.MayReply(call.Target) && !HasNoSession(call.Target, known))
                Connect(state, null, new Step(null, call, call.Target, false));
            Follow(state, call, call.Target, known, call.IsCertain);
            if (call.IsCertain || !IsOpen(call.Target))
                continue;
            foreach (var method in implementations.Of(call.Target))
                Follow(state, call, method, known, isCertain: false);
        }
    }

    private void Follow(State from, Call call, IMethodSymbol method, uint known, bool isCertain)
    {
        if (ReplyMembers.DoesNotReply(method))
            return;
        var to = StateOf(method, known);
        Connect(from, to, new Step(to, call, method, isCertain));
    }

    private void Connect(State from, State? to, Step step)
    {
        if (to is not null)
            to.Callers.Add((from, step));
        else
            from.Replies.Add(step);
        if (to is null && from.Replies.Count == 1)
            replying.Add(from);
    }

    /// <summary>Goes back from replies to callers, the nearest first, and notes at each the first step that leads to a reply.</summary>
    private void Spread(Func<Step, bool> counts, Func<State, Step, Step> note)
    {
        var reached = new HashSet<State>();
        var next = new Queue<State>();
        foreach (var state in replying)
        {
            if (state.Replies.Find(step => counts(step)) is { } reply && reached.Add(state))
            {
                note(state, reply);
                next.Enqueue(state);
            }
        }
        while (next.Count > 0)
        {
            foreach (var (caller, step) in next.Dequeue().Callers)
            {
                if (!counts(step) || !reached.Add(caller))
                    continue;
                note(caller, step);
                next.Enqueue(caller);
            }
        }
    }

    private static ReplyPath PathFrom(State start, bool isCertain, Func<State, Step> stepOf)
    {
        var steps = new List<(IMethodSymbol, Call)>();
        for (var state = start; state is not null;)
        {
            var step = stepOf(state);
            steps.Add((step.Shown, step.Call));
            state = step.To;
        }
        return new ReplyPath(start.Method, steps, isCertain);
    }

    /// <summary>Whether others can take the member's place.</summary>
    private static bool IsOpen(IMethodSymbol method) => method.IsVirtual || method.IsAbstract || method.IsOverride;

    /// <summary>Whether a method that was marked gets no session from this caller, although it could take one.</summary>
    private static bool HasNoSession(IMethodSymbol method, uint known)
    {
        var sessions = method.Parameters.Where(parameter => parameter.Type.IsCapsule("Session")).ToList();
        return sessions.Count > 0 && sessions.TrueForAll(parameter => parameter.Ordinal < TrackedParameters.Most && (known & (1u << parameter.Ordinal)) != 0);
    }

    /// <summary>A method called with arguments of which something is known.</summary>
    private sealed class State(IMethodSymbol method, uint known)
    {
        public IMethodSymbol Method { get; } = method;

        public uint Known { get; } = known;

        public List<Step> Replies { get; } = [];

        public List<(State Caller, Step Step)> Callers { get; } = [];

        public Step? Certain { get; set; }

        public Step? Possible { get; set; }
    }

    /// <summary>A call on the way; to nowhere when it is the reply itself.</summary>
    private sealed class Step(State? to, Call call, IMethodSymbol shown, bool isCertain)
    {
        public State? To { get; } = to;

        public Call Call { get; } = call;

        public IMethodSymbol Shown { get; } = shown;

        public bool IsCertain { get; } = isCertain;
    }

    private sealed class StateComparer : IEqualityComparer<(IMethodSymbol Method, uint Known)>
    {
        public bool Equals((IMethodSymbol Method, uint Known) one, (IMethodSymbol Method, uint Known) other) =>
            one.Known == other.Known && SymbolEqualityComparer.Default.Equals(one.Method, other.Method);

        public int GetHashCode((IMethodSymbol Method, uint Known) state) =>
            (SymbolEqualityComparer.Default.GetHashCode(state.Method) * 31) + (int)state.Known;
    }
}

/// <summary>A way from a method to a reply: what is called, and where.</summary>
internal sealed class ReplyPath(IMethodSymbol start, IReadOnlyList<(IMethodSymbol Method, Call Call)> steps, bool isCertain)
{
    public IMethodSymbol Start { get; } = start;

    public bool IsCertain { get; } = isCertain;

    public IEnumerable<Location> Sites => steps.Select(step => Location.Create(step.Call.Tree, step.Call.Span));

    public override string ToString() => string.Join(" → ", steps.Select(step => Name(step.Method)).Prepend(Start.Name));

    private static string Name(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.Constructor => $"new {method.ContainingType.Name}",
        MethodKind.PropertyGet or MethodKind.PropertySet => $"{method.ContainingType.Name}.{method.AssociatedSymbol!.Name}",
        _ => $"{method.ContainingType.Name}.{method.Name}",
    };
}
