using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>How a well-known system exports its orders: a data file under <c>Exports</c>; adding one needs no code.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Row">What a row is: order, line, payment or event.</param>
/// <param name="Header">Names that are all there in such an export, and together in hardly any other.</param>
/// <param name="Columns">Column expression of each role; of several, with bars between, the first that exists.</param>
internal sealed record KnownExport(string Name, string Row, IReadOnlyList<string> Header, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>Words that count, by column; others do not.</summary>
    public IReadOnlyDictionary<string, string[]>? Keep { get; init; }

    /// <summary>Words that do not count, by column.</summary>
    public IReadOnlyDictionary<string, string[]>? Drop { get; init; }

    /// <summary>Words by which a positive amount is money given back, by column.</summary>
    public IReadOnlyDictionary<string, string[]>? Refund { get; init; }

    /// <summary>Whether lines without an amount go on with the order above.</summary>
    public bool BlankAmountGoesOn { get; init; }

    private const string Folder = "exports/";

    /// <summary>All known exports.</summary>
    public static IReadOnlyList<KnownExport> All { get; } = Load();

    /// <summary>The export with most names of a header, or null.</summary>
    public static KnownExport? Recognise(IReadOnlyList<string> names)
    {
        HashSet<string> known = [.. names.Select(name => name.Trim())];
        HashSet<string> plain = new(known, StringComparer.OrdinalIgnoreCase);
        return All.Where(export => export.Header.All(plain.Contains)).MaxBy(export => export.Header.Count);
    }

    /// <summary>The mapping with this export's columns for the roles that it does not name.</summary>
    public ColumnMapping Complete(ColumnMapping mapping, IReadOnlyList<string> names)
    {
        HashSet<string> known = new(names.Select(name => name.Trim()), StringComparer.OrdinalIgnoreCase);
        foreach (ColumnRole role in Enum.GetValues<ColumnRole>())
            if (!mapping.Columns.ContainsKey(role) && Columns.TryGetValue(ColumnMapping.NameOf(role), out string? choices))
            {
                string? column = Array.Find(choices.Split('|'), choice => choice == "-" || known.Contains(choice) || choice.Split('*').Concat(choice.Split('-')).Count(known.Contains) == 2);
                if (column is not null)
                    mapping = mapping.With(role, column);
            }
        return mapping;
    }

    private static KnownExport[] Load()
    {
        System.Reflection.Assembly assembly = typeof(KnownExport).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize(stream, KnownExportJson.Default.KnownExport)!;
        })];
    }
}

/// <summary>How the data files are read; generated when this is built, so that reading nine small files costs no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(KnownExport))]
internal sealed partial class KnownExportJson : JsonSerializerContext;
