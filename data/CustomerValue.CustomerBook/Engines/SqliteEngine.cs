using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>The embedded database: one file in write-ahead mode, so that readers go on with the old book until the writer commits.</summary>
internal sealed class SqliteEngine : IBookEngine
{
    private readonly string _path;

    public SqliteEngine(SqliteConnectionStringBuilder connection)
    {
        _path = Path.GetFullPath(connection.DataSource);
        connection.DataSource = _path;
        connection.Mode = SqliteOpenMode.ReadWrite;
        ReadOptions = new DbContextOptionsBuilder<BookContext>().UseSqlite(connection.ToString()).Options;
        connection.Mode = SqliteOpenMode.ReadWriteCreate;
        WriteOptions = new DbContextOptionsBuilder<BookContext>().UseSqlite(connection.ToString()).Options;
    }

    public string Place => _path;

    public bool Exists => File.Exists(_path);

    public DbContextOptions<BookContext> ReadOptions { get; }

    public DbContextOptions<BookContext> WriteOptions { get; }

    public string HasTablesQuery => $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{BookContext.HeaderTable}'";

    /// <summary>Makes the folder for a connection string that names one that is not there yet.</summary>
    public void CreateFolder() => Directory.CreateDirectory(Path.GetDirectoryName(_path)!);

    public Task PrepareAsync(DbConnection connection, CancellationToken cancellation) => connection.RunAsync("PRAGMA journal_mode = WAL", null, cancellation);

    /// <summary>Nothing to do: a transaction of this provider takes the write lock when it begins.</summary>
    public Task LockAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) => Task.CompletedTask;

    public Task<long> InsertAsync(BookTable table, DbConnection connection, DbTransaction transaction, IEnumerable<CustomerScore> scores, IProgress<long>? progress, CancellationToken cancellation)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {BookContext.ScoresTable} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"))})";
        SqliteParameter[] parameters = [.. table.Columns.Select((_, i) => new SqliteParameter { ParameterName = $"$p{i}" })];
        command.Parameters.AddRange(parameters);
        command.Prepare();

        long count = 0;
        foreach (CustomerScore score in scores)
        {
            for (int i = 0; i < parameters.Length; i++)
                parameters[i].Value = table.Value(score, i) ?? DBNull.Value;
            command.ExecuteNonQuery();
            if (++count % BookTable.Stride == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(count);
            }
        }
        return Task.FromResult(count);
    }

    /// <summary>Moves the log into the file and cuts it off; readers in flight only put this off to the next time.</summary>
    public Task FinishAsync(DbConnection connection, CancellationToken cancellation) => connection.RunAsync("PRAGMA wal_checkpoint(TRUNCATE)", null, cancellation);
}
