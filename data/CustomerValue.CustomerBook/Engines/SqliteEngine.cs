using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>The embedded database: one file in write-ahead mode, so that readers go on with the old book until the writer commits.</summary>
/// <remarks>
/// Connections are not pooled: one that is kept would go on answering from a file that was deleted or replaced. Readers open the file read-only; where neither they nor a
/// writer can keep the files of the write-ahead mode beside it (a read-only disk), they read it as it lies there.
/// </remarks>
internal sealed class SqliteEngine : IBookEngine
{
    /// <summary>Codes of SQLite: the file or what belongs beside it cannot be opened, or cannot be written.</summary>
    private const int CannotOpen = 14, ReadOnly = 8;

    /// <summary>Seconds that a reader waits for a database that another program has locked.</summary>
    private const int ReadTimeoutSeconds = 5;

    private readonly string _path;
    private readonly string _write;
    private readonly string[] _read;

    public SqliteEngine(SqliteConnectionStringBuilder connection)
    {
        _path = Path.GetFullPath(connection.DataSource);
        connection.Pooling = false;
        connection.DataSource = _path;
        connection.Mode = SqliteOpenMode.ReadWriteCreate;
        _write = connection.ToString();
        connection.Mode = SqliteOpenMode.ReadOnly;
        connection.DefaultTimeout = ReadTimeoutSeconds;
        string usual = connection.ToString();
        connection.DataSource = $"file:{string.Join('/', _path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString))}?immutable=1";
        _read = [usual, connection.ToString()];
    }

    public string Place => _path;

    public bool Exists => File.Exists(_path);

    public IReadOnlyList<DbContextOptions<BookContext>> ReadOptions => [.. _read.Select(Options)];

    public DbContextOptions<BookContext> WriteOptions => Options(_write);

    public DbConnection NewWriter() => new SqliteConnection(_write);

    public string HasTable(string table) => $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{table}'";

    /// <summary>A file that lies still can be read as it is; one beside which a log waits to be moved in cannot.</summary>
    public bool CanTryNext(Exception error) =>
        error.GetBaseException() is SqliteException { SqliteErrorCode: CannotOpen or ReadOnly } && new FileInfo(_path + "-wal") is { Exists: false } or { Length: 0 };

    public void CheckPlace()
    {
        if (Exists)
        {
            using FileStream writable = new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return;
        }
        string? folder = Path.GetDirectoryName(_path);
        while (folder is not null && !Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder);
        using FileStream probe = new(Path.Combine(folder ?? "/", $".probe-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    /// <summary>Makes the folder for a connection string that names one that is not there yet, and a file that its owner alone may read; what stands beside it gets the same permissions.</summary>
    public void MakePlace()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (OperatingSystem.IsWindows() || Exists)
            return;
        new FileStream(_path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
    }

    /// <summary>Who was in the old book and is not in the new one shall not be found in the pages that became free.</summary>
    public async Task PrepareAsync(DbConnection connection, CancellationToken cancellation)
    {
        await connection.RunAsync("PRAGMA journal_mode = WAL", null, cancellation);
        await connection.RunAsync("PRAGMA secure_delete = ON", null, cancellation);
    }

    /// <summary>Nothing to do: a transaction of this provider takes the write lock when it begins.</summary>
    public Task LockAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc cref="LockAsync"/>
    public Task LockStateAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) => Task.CompletedTask;

    public Task<long> InsertAsync(BookTable table, DbConnection connection, DbTransaction transaction, IEnumerable<IReadOnlyList<object?>> rows, IProgress<long>? progress, CancellationToken cancellation)
    {
        sqlite3 database = ((SqliteConnection)connection).Handle!;
        string values = string.Join(", ", table.Columns.Select((_, i) => $"?{i + 1}"));
        string insert = table.Carried.Count == 0
            ? $"INSERT INTO {BookTable.Next} ({string.Join(", ", table.Columns)}) VALUES ({values})"
            : $"INSERT INTO {BookTable.Next} ({string.Join(", ", table.Columns.Concat(table.Carried.Select(carried => BookTable.Quoted(carried.Column.Name))))}) SELECT {values}, {string.Join(", ", table.Carried.Select(carried => "o." + BookTable.Quoted(carried.From)))} FROM (SELECT 1) LEFT JOIN {BookContext.ScoresTable} o ON o.customer_id = ?1";
        Check(raw.sqlite3_prepare_v2(database, insert, out sqlite3_stmt statement), database);
        using (statement)
        {
            long count = 0;
            foreach (IReadOnlyList<object?> row in rows)
            {
                for (int i = 0; i < table.Columns.Count; i++)
                    Check(Bind(statement, i + 1, table.Field(row, i)), database);
                if (raw.sqlite3_step(statement) is var step && step != raw.SQLITE_DONE)
                    Check(step, database);
                Check(raw.sqlite3_reset(statement), database);
                if (++count % BookTable.Stride == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress?.Report(count);
                }
            }
            return Task.FromResult(count);
        }
    }

    /// <summary>Values go to the database by their places: the provider's parameters are looked up by name for each value, which takes longer than all the rest.</summary>
    private static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        double number => double.IsNaN(number) ? throw new InvalidOperationException("Cannot store 'NaN' values.") : raw.sqlite3_bind_double(statement, place, number),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        string text => raw.sqlite3_bind_text(statement, place, text),
        _ => throw new NotSupportedException($"A column of {value.GetType()} needs its way into the statement."),
    };

    private static void Check(int code, sqlite3 database) => SqliteException.ThrowExceptionForRC(code, database);

    private static DbContextOptions<BookContext> Options(string connection) => new DbContextOptionsBuilder<BookContext>().UseSqlite(connection).Options;

    /// <summary>Moves the log into the file and cuts it off; readers in flight only put this off to the next time.</summary>
    public Task FinishAsync(DbConnection connection, CancellationToken cancellation) => connection.RunAsync("PRAGMA wal_checkpoint(TRUNCATE)", null, cancellation);
}
