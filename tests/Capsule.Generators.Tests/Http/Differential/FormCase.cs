namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>A handler of an object made of many values of a form, as source text, with the forms that requests may send to it.</summary>
/// <param name="Type">The object's type, in C#.</param>
/// <param name="Forms">URL-encoded forms.</param>
internal sealed record FormCase(string Type, params string[] Forms)
{
    private static readonly string[] Names =
        ["", "name=a", "NAME=a&Count=2", "name=a&name=b&count=2", "name=&count=", "name=a&count=x", "count=2", "other=1", "name=a&count=2&more.name=b", "value.name=a&value.count=2", "ordered=a&kept=b&ignored=c", "name=a&ordered=b&order=x&kept=c&ignored=d"];

    private static readonly string[] Nested =
    [
        "name=a", "name=a&address.street=b", "name=a&address.street=b&address.zip=3", "name=a&address[street]=b&address.zip=3", "name=a&address.zip=x&address.street=b", "address.street=b&address.zip=1",
        "name=a&address.street=b&address.zip=1&tags[0]=x&tags[1]=y&tags[3]=z", "name=a&address.street=b&address.zip=1&tags=x&tags=y", "name=a&address.street=b&address.zip=1&tags[0]=x&tags=y", "name=a&address.street=b&address.zip=1&lines[0].street=c&lines[0].zip=1&lines[1].zip=2",
        "name=a&address.street=b&address.zip=1&lines[0].zip=x&lines[0].street=s", "name=a&address.street=b&address.zip=1&prices[eur]=1.5&prices[usd]=2", "name=a&address.street=b&address.zip=1&prices[eur]=x", "name=a&address.street=b&address.zip=1&prices.eur=1",
    ];

    private static readonly string[] Elements = ["", "[0]=1", "[0]=1&[1]=2&[2]=3", "[1]=2", "[0]=1&[2]=3", "[0]=x", "[0]=1&[1]=x", "[0]=", "[0]=1&[0]=2", "value[0]=1", "[00]=1", "0=1"];

    private static readonly string[] Entries = ["", "[a]=1", "[a]=1&[b]=2", "[a]=x", "[A]=1&[a]=2", "[]=1", "[1]=1", "a=1", "value[a]=1", "[a].b=1", "[a][b]=1", "[ 1 ]=2", "[é]=3"];

    private static readonly string[] Trees =
        ["", "name=a", "name=a&child.name=b", "name=a&child.name=b&child.child.name=c", "child.child.name=c", "name=a&children[0].name=b&children[0].children[0].name=c&children[1].name=d", "NAME=a&CHILD.name=b", "name=a&child-x=1&child.name=b", "name=a&childish=1", "Child.Child.Name=c", "Name=a&Children[0].Name=b&Children[0].Children[0].Name=c", "Name=a&Child-x.Name=b", "Name=a&Child[Name]=b", "Age=1&Child.Age=2&Child.Child.Age=3"];

    public static IReadOnlyList<FormCase> All { get; } =
    [
        new("FormRecord", Names), new("FormClass", Names), new("FormStruct", Names), new("FormRecordStruct", Names), new("FormMixed", Names), new("FormRequired", Names), new("FormClass?", Names), new("FormDerived", Names), new("FormPartial", Names),
        new("FormThrows", ["name=a", "name=ok", ""]), new("FormSetterThrows", ["name=a", "name=ok", ""]), new("FormNullables", ["", "count=", "count=2", "flag=&at=&day=", "flag=x", "at=2026-01-02", "day=friday", "day=FRIDAY&flag=TRUE", "day=9", "day=x", "size.width=1", "size.width=x", "size.width=1&size.height=2"]),
        new("FormParsed",
        [
            "", "at=2026-01-02T03:04:05%2B02:00", "moment=2026-01-02", "date=2026-01-02&time=03:04", "id=6f9619ff-8b86-d011-b42d-00c04fc964ff", "link=/a/b", "link=", "money=1,5", "number=1,5", "letter=x", "letter=xy", "celsius=21.5", "celsius=x",
            "point=1:2", "point.x=1&point.y=2",
        ]),
        new("FormNested", Nested), new("FormNestedClass", Nested), new("Node", Trees), new("NodeRecord", Trees), new("Ancestor", Trees),
        .. new[]
        {
            "List<int>", "int?[]", "IEnumerable<int>", "ICollection<int>", "IList<int>", "IReadOnlyCollection<int>", "IReadOnlyList<int>", "ISet<int>", "IReadOnlySet<int>", "HashSet<int>", "SortedSet<int>", "LinkedList<int>", "Queue<int>", "Stack<int>",
            "System.Collections.ObjectModel.ReadOnlyCollection<int>", "System.Collections.ObjectModel.Collection<int>", "System.Collections.Concurrent.ConcurrentBag<int>", "System.Collections.Concurrent.ConcurrentStack<int>", "System.Collections.Concurrent.ConcurrentQueue<int>",
            "System.Collections.Immutable.ImmutableArray<int>", "System.Collections.Immutable.ImmutableList<int>", "System.Collections.Immutable.ImmutableHashSet<int>", "System.Collections.Immutable.ImmutableSortedSet<int>", "System.Collections.Immutable.ImmutableQueue<int>",
            "System.Collections.Immutable.ImmutableStack<int>", "System.Collections.Immutable.IImmutableList<int>", "System.Collections.Immutable.IImmutableSet<int>", "System.Collections.Immutable.IImmutableQueue<int>", "System.Collections.Immutable.IImmutableStack<int>", "Numbers", "List<string>", "int[][]",
        }.Select(type => new FormCase(type, Elements)),
        .. new[]
        {
            "Dictionary<string, int>", "IDictionary<string, int>", "IReadOnlyDictionary<string, int>", "SortedDictionary<string, int>", "SortedList<string, int>", "System.Collections.Concurrent.ConcurrentDictionary<string, int>",
            "System.Collections.ObjectModel.ReadOnlyDictionary<string, int>", "System.Collections.Immutable.ImmutableDictionary<string, int>", "System.Collections.Immutable.ImmutableSortedDictionary<string, int>", "System.Collections.Immutable.IImmutableDictionary<string, int>",
            "Dictionary<int, int>", "Dictionary<string, List<int>>", "Dictionary<string, Dictionary<string, int>>", "Dictionary<string, int?>", "Prices",
            // Keys that read strings only, or no text at all.
            "Dictionary<Celsius, int>", "Dictionary<DayOfWeek, int>", "Dictionary<Percent, int>",
        }.Select(type => new FormCase(type, [.. Entries, "[0].key=1&[0].value=2", "[0].key=Monday&[0].value=2&[1].key=3&[1].value=4", "[5%]=1&[6%]=2"])),
        new("List<FormClass>", ["[0].name=a&[1].name=b&[1].count=2", "[0].name=a&[0].count=x", "[0]=a", "name=a"]), new("FormClass[]", ["[0].name=a&[1].name=b", "[0].count=x"]), new("object", ["", "a=1"]), new("FormGeneric<FormClass>", ["value.name=a", "value=a"]),
        new("KeyValuePair<string, int>", ["key=a&value=1", "key=a", "value=1"]), new("(string A, int B)", ["item1=a&item2=1", "a=a&b=1"]), new("FormCollectionsOf", ["all[0]=1", "all=1", "map[a]=1&set[0]=b&nested[0][1]=2&nested[0][0]=1&nested[1][0]=3", "map[a].b=1", "objects[x].name=a&objects[y].count=2", "all=1&all=2", "all=1&all=x", "all=", "set=a&set=a", "nested=1", "nested[0]=1&nested[0]=2", "map=a"]),
    ];

    public string Source(int index) => $"""
            [Endpoint("POST", "/form-object/{index}", Authorized = false)]
            public static string FormObject{index}([FromForm] {Type} value) => Show.Json(value);

        """;

    public IEnumerable<(string Name, TwinRequest Request)> Requests(int index) => Forms.Select(form => (
        $"form {Type}: {form}",
        new TwinRequest("POST", $"/form-object/{index}") { Body = form, ContentType = "application/x-www-form-urlencoded" }));
}
