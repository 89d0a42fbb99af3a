using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>The columns of JSON objects, and whether a row is an object or an item of a list within it.</summary>
/// <remarks>A row is an item where the objects have no money of their own and one list of theirs has, with products or quantities: orders whose lines alone have prices. Lists of taxes or payments are no items.</remarks>
internal sealed class JsonColumns
{
    private readonly Dictionary<string, int> _own, _ofItems;

    private JsonColumns(IReadOnlyList<string> own, string? items, IReadOnlyList<string> fieldsOfItems)
    {
        Items = items;
        HashSet<string> plain = [.. own.Select(HeaderNames.Plain)];
        Names = [.. own, .. fieldsOfItems.Select(field => plain.Contains(HeaderNames.Plain(field)) ? $"{items}.{field}" : field)];
        _own = own.Select((name, column) => (name, column)).ToDictionary(StringComparer.Ordinal);
        _ofItems = fieldsOfItems.Select((name, column) => (name, own.Count + column)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Names of the columns in order of appearance: dotted paths; those of items by their own name where the object has no such field.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Path of the list whose items are rows; null where a row is an object.</summary>
    public string? Items { get; }

    /// <summary>Looks at the first objects.</summary>
    /// <param name="records">The objects.</param>
    /// <param name="most">How many to look at.</param>
    public static JsonColumns Of(JsonRecords records, int most)
    {
        OrderedNames own = new();
        Dictionary<string, OrderedNames> lists = new(StringComparer.Ordinal);
        for (int i = 0; i < most && records.Next(out ReadOnlySpan<byte> record); i++)
            JsonRow.Visit(record, own.Add, (path, list) =>
            {
                if (!lists.TryGetValue(path, out OrderedNames? fields))
                    lists.Add(path, fields = new OrderedNames());
                JsonRow.VisitItems(list, fields.Add, end: () => { });
            });
        string[] money = [.. HeaderNames.Of(ColumnRole.Amount), .. HeaderNames.UnitPrice], goods = [.. HeaderNames.Of(ColumnRole.Product), .. HeaderNames.Of(ColumnRole.Quantity)];
        string[] priced = Has(own.Names, money) || KnownExport.Recognise(own.Names) is not null ? []
            : [.. lists.Where(list => Has(list.Value.Names, money) && Has(list.Value.Names, goods)).Select(list => list.Key)];
        return priced is [var items] ? new JsonColumns(own.Names, items, lists[items].Names) : new JsonColumns(own.Names, null, []);
    }

    /// <summary>The column of a field of the objects, or -1.</summary>
    public int Own(string path) => _own.GetValueOrDefault(path, -1);

    /// <summary>The column of a field of the items, or -1.</summary>
    public int OfItems(string path) => _ofItems.GetValueOrDefault(path, -1);

    /// <summary>Columns from here on are of items.</summary>
    public int FirstOfItems => _own.Count;

    private static bool Has(IReadOnlyList<string> names, string[] usual) => names.Any(name => usual.Contains(HeaderNames.Plain(name)));

    /// <summary>Distinct names in order of appearance.</summary>
    private sealed class OrderedNames
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        public List<string> Names { get; } = [];

        public void Add(string path, ReadOnlySpan<byte> value)
        {
            if (_known.Add(path))
                Names.Add(path);
        }
    }
}
