using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>A PostgreSQL server: rows go in through binary COPY within the writer's transaction.</summary>
internal sealed class PostgresEngine : IBookEngine
{
    /// <summary>Key of the advisory lock that writers of the book take: "custbook" in ASCII.</summary>
    private const long WriterLock = 0x63757374626F6F6B;

    /// <summary>Key of the one for tables that stay: "custwork" in ASCII.</summary>
    private const long StateLock = 0x63757374776F726B;

    private readonly string _connection;

    public PostgresEngine(NpgsqlConnectionStringBuilder connection)
    {
        Place = $"PostgreSQL database '{connection.Database ?? connection.Username}' on {connection.Host}:{connection.Port}";
        _connection = connection.ToString();
    }

    public string Place { get; }

    public bool Exists => true;

    public IReadOnlyList<DbContextOptions<BookContext>> ReadOptions => [WriteOptions];

    public DbContextOptions<BookContext> WriteOptions => new DbContextOptionsBuilder<BookContext>().UseNpgsql(_connection).Options;

    public DbConnection NewWriter() => new NpgsqlConnection(_connection);

    public string HasTable(string table) => $"SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('{table}')";

    public bool CanTryNext(Exception error) => false;

    public void CheckPlace()
    {
    }

    public void MakePlace()
    {
    }

    public Task PrepareAsync(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    public Task LockAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        connection.RunAsync($"SELECT pg_advisory_xact_lock({WriterLock})", transaction, cancellation);

    public Task LockStateAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        connection.RunAsync($"SELECT pg_advisory_xact_lock({StateLock})", transaction, cancellation);

    public async Task<long> InsertAsync(BookTable table, DbConnection connection, DbTransaction transaction, IEnumerable<IReadOnlyList<object?>> rows, IProgress<long>? progress, CancellationToken cancellation)
    {
        string copy = $"COPY {BookTable.Next} ({string.Join(", ", table.Columns)}) FROM STDIN (FORMAT BINARY)";
        long count = await CopyAsync(copy, table, (NpgsqlConnection)connection, rows, progress, cancellation);
        if (table.Carried.Count > 0)
            await connection.RunAsync($"UPDATE {BookTable.Next} n SET {string.Join(", ", table.Carried.Select(carried => $"{BookTable.Quoted(carried.Column.Name)} = o.{BookTable.Quoted(carried.From)}"))} FROM {BookContext.ScoresTable} o WHERE o.customer_id = n.customer_id", transaction, cancellation);
        return count;
    }

    private static async Task<long> CopyAsync(string copy, BookTable table, NpgsqlConnection connection, IEnumerable<IReadOnlyList<object?>> rows, IProgress<long>? progress, CancellationToken cancellation)
    {
        await using NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync(copy, cancellation);
        long count = 0;
        foreach (IReadOnlyList<object?> row in rows)
        {
            importer.StartRow();
            for (int i = 0; i < table.Columns.Count; i++)
                Write(importer, table.Field(row, i));
            if (++count % BookTable.Stride == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(count);
            }
        }
        await importer.CompleteAsync(cancellation);
        return count;
    }

    public Task FinishAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.RunAsync($"ANALYZE {BookContext.ScoresTable}", null, cancellation);

    /// <summary>Values go into the send buffer by their own types: looking types up by name for each value takes longer than sending them.</summary>
    private static void Write(NpgsqlBinaryImporter importer, object? value)
    {
        switch (value)
        {
            case null:
                importer.WriteNull();
                break;
            case double number:
                importer.Write(number, NpgsqlDbType.Double);
                break;
            case long number:
                importer.Write(number, NpgsqlDbType.Bigint);
                break;
            case string text:
                importer.Write(text, NpgsqlDbType.Text);
                break;
            default:
                throw new NotSupportedException($"A column of {value.GetType()} needs its way into COPY.");
        }
    }
}
