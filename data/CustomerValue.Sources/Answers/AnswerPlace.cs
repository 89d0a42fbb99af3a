using CustomerValue.Data.Diagnostics;
using CustomerValue.Sources.Databases;

namespace CustomerValue.Sources.Answers;

/// <summary>A table of a database that takes answers about customers. A slice, what one version answers as of one day, is replaced whole and at once; every other row stays as it is.</summary>
public abstract class AnswerPlace
{
    private readonly SourceAddress _address;

    private protected AnswerPlace(SourceAddress address) => _address = address;

    private protected SourceAddress Address => _address;

    /// <summary>The address, which holds no password.</summary>
    public string Name => _address.ToString();

    /// <summary>The table at an address; nothing is asked yet.</summary>
    /// <param name="address">Such as <c>postgres://user@host/shop?table=scores</c>.</param>
    /// <exception cref="BadDataException">It is no address of a table.</exception>
    public static AnswerPlace At(string address)
    {
        SourceAddress place = SourceAddress.Parse(address);
        if (place.Query is not null)
            throw new BadDataException($"{address}: found a query, expected table=NAME: answers go into a table.");
        return place.Scheme switch
        {
            SourceAddress.Postgres => new PostgresAnswers(place),
            SourceAddress.ClickHouse => new ClickHouseAnswers(place),
            SourceAddress.DuckDb => new DuckDbAnswers(place),
            _ => throw new BadDataException($"{address}: found a lake, expected a table of a database; lakes take files."),
        };
    }

    /// <summary>The folder of a lake's address, or null where the address is another.</summary>
    /// <exception cref="BadDataException">It is no address, or that of a pattern.</exception>
    public static string? LakeOf(string address)
    {
        SourceAddress place = SourceAddress.Parse(address);
        if (place.Scheme != SourceAddress.Parquet)
            return null;
        return !place.Path.AsSpan().ContainsAny('*', '?', '[') ? place.Path
            : throw new BadDataException($"{address}: found a pattern, expected a folder such as parquet:scores; leave the letters *, ? and [ out.");
    }

    /// <summary>Reaches the database, and looks whether the table, where there is one, takes the columns.</summary>
    /// <param name="columns">The columns of a row.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BadDataException">It cannot be reached, or a column is absent or of another type.</exception>
    public abstract void Check(IReadOnlyList<AnswerColumn> columns, CancellationToken cancellation);

    /// <summary>Replaces a slice; makes the table where there is none. Whoever reads meanwhile sees the rows of before or those of after.</summary>
    /// <param name="slice">Whose rows are replaced.</param>
    /// <param name="columns">The columns of a row, among them the slice's.</param>
    /// <param name="write">Writes the rows, which are all of the slice.</param>
    /// <param name="cancellation">Stops it and leaves the rows of before.</param>
    /// <exception cref="BadDataException">It was not done; the rows of before are there.</exception>
    public abstract void Replace(AnswerSlice slice, IReadOnlyList<AnswerColumn> columns, Action<IAnswerWriter> write, CancellationToken cancellation);

    /// <summary>Looks whether a table takes columns.</summary>
    /// <param name="found">Its columns with their types.</param>
    /// <param name="columns">What is written.</param>
    /// <param name="types">Types that a column may have, the one that is made first.</param>
    private protected void Compare(IReadOnlyDictionary<string, string> found, IReadOnlyList<AnswerColumn> columns, Func<AnswerColumn, IReadOnlyList<string>> types)
    {
        string[] absent = [.. columns.Where(column => !found.ContainsKey(column.Name)).Select(column => $"{column.Name} {types(column)[0]}")];
        if (absent.Length > 0)
            throw new BadDataException($"{Name}: found a table without the column{(absent.Length > 1 ? "s" : "")} {string.Join(", ", absent)}, expected all that answers have; add {(absent.Length > 1 ? "them" : "it")}, or name a table that is not there yet, which is then made.");
        string[] others = [.. columns.Where(column => !types(column).Contains(found[column.Name], StringComparer.OrdinalIgnoreCase)).Select(column => $"{column.Name} of type {found[column.Name]} (expected {types(column)[0]})")];
        if (others.Length > 0)
            throw new BadDataException($"{Name}: found in the table {string.Join(", ", others)}, expected the types that hold answers as they are; change {(others.Length > 1 ? "them" : "it")}, or name a table that is not there yet, which is then made.");
    }
}

/// <summary>What one version answers as of one day.</summary>
/// <param name="Version">The version.</param>
/// <param name="AsOf">The day.</param>
public sealed record AnswerSlice(string Version, DateOnly AsOf)
{
    /// <summary>Columns that say whose answer of when a row is, and about whom.</summary>
    public const string VersionColumn = "model_version", DayColumn = "as_of", CustomerColumn = "customer_id";

    /// <summary>The columns that are the slice's.</summary>
    public static IReadOnlyList<string> Columns { get; } = [VersionColumn, DayColumn];

    /// <summary>The slice's folder in a lake, <c>model_version=.../as_of=...</c>, as engines name folders of partitions.</summary>
    public string FolderIn(string lake) => Path.Combine(lake, $"{VersionColumn}={Uri.EscapeDataString(Version)}", FormattableString.Invariant($"{DayColumn}={AsOf:yyyy-MM-dd}"));
}
