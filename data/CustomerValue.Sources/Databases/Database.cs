using System.Data.Common;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Sources.Databases;

/// <summary>A database that holds transactions. It is only read: sessions cannot write.</summary>
internal abstract class Database(SourceAddress address)
{
    /// <summary>Where it is.</summary>
    public SourceAddress Address => address;

    /// <summary>How its language differs from others'.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Table or query, as it stands behind FROM.</summary>
    public virtual string Relation => address.Query is { } query ? $"({query}) AS given" : Dialect.Table(address.Relation!);

    /// <summary>Columns of the table or query.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">The database cannot be reached, or knows no such table.</exception>
    public abstract IReadOnlyList<DatabaseColumn> Columns();

    /// <summary>All rows.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">The database cannot be reached, or knows no such table.</exception>
    public abstract ITransactionSource Rows();

    /// <summary>Runs a query whose first column is text and whose others are numbers. One thread does it there, so that sums are added in one order and come out the same to the last bit every time.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="sql">The query.</param>
    /// <param name="numbers">How many numbers each row has.</param>
    /// <param name="take">Takes a row: the text, and the numbers, NaN for none, which hold until the next.</param>
    /// <param name="cancellation">Stops it, there too.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">It failed; rows taken by then are not all.</exception>
    public abstract void Run(string name, string sql, int numbers, Action<string, double[]> take, CancellationToken cancellation);

    /// <summary>Takes the rows of <see cref="Run"/> from a reader, and says how many.</summary>
    protected static long TakeAll(DbDataReader reader, int numbers, Action<string, double[]> take, CancellationToken cancellation)
    {
        double[] values = new double[numbers];
        long rows = 0;
        for (; reader.Read(); rows++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < numbers; i++)
                values[i] = reader.IsDBNull(i + 1) ? double.NaN : reader.GetDouble(i + 1);
            take(reader.GetString(0), values);
        }
        return rows;
    }

    /// <summary>The database at an address.</summary>
    public static Database At(SourceAddress address) => address.Scheme switch
    {
        SourceAddress.Postgres => new PostgresDatabase(address),
        SourceAddress.ClickHouse => new ClickHouseDatabase(address),
        _ => new DuckDbDatabase(address),
    };
}

/// <summary>A column of a table or query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
internal sealed record DatabaseColumn(string Name, ColumnType Type);

/// <summary>What a column holds.</summary>
internal enum ColumnType
{
    Text,
    Number,

    /// <summary>Whole numbers of up to 64 bits, such as ids.</summary>
    Whole,

    /// <summary>Numbers of more digits than a double holds, such as ids; read as text.</summary>
    Wide,

    /// <summary>Calendar days.</summary>
    Day,

    /// <summary>Moments, whose day is that of the clock that they show.</summary>
    Moment,

    /// <summary>Lists and structures, which no role can be.</summary>
    Other,
}
