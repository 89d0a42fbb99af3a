using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>What the two databases do each in their own way.</summary>
internal interface IBookEngine
{
    /// <summary>Where the book is, for messages; without secrets.</summary>
    string Place { get; }

    /// <summary>Whether there is a database at all; reading must not create one.</summary>
    bool Exists { get; }

    /// <summary>Options of contexts that read; the later ones for where the earlier ones cannot open the database (<see cref="CanTryNext"/>).</summary>
    IReadOnlyList<DbContextOptions<BookContext>> ReadOptions { get; }

    /// <summary>Options of the context that says how tables are made.</summary>
    DbContextOptions<BookContext> WriteOptions { get; }

    /// <summary>A connection that writes, and creates the database where that is the engine's way; not opened yet.</summary>
    DbConnection NewWriter();

    /// <summary>A query that gives 1 where a table is there and 0 where it is not.</summary>
    string HasTable(string table);

    /// <summary>Whether a failure to read is worth another try with the next options.</summary>
    bool CanTryNext(Exception error);

    /// <summary>Whether a new database could be written, as far as can be told without writing one.</summary>
    void CheckPlace();

    /// <summary>What must be there before the writer connects.</summary>
    void MakePlace();

    /// <summary>What must be set before the writer's transaction.</summary>
    Task PrepareAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Makes another writer wait; called first inside the writer's transaction.</summary>
    Task LockAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation);

    /// <summary>The same for tables that stay while books are replaced: whoever makes them, or reads before writing, does so alone.</summary>
    Task LockStateAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation);

    /// <summary>Puts all rows into the empty table within the transaction; returns how many.</summary>
    Task<long> InsertAsync(BookTable table, DbConnection connection, DbTransaction transaction, IEnumerable<IReadOnlyList<object?>> rows, IProgress<long>? progress, CancellationToken cancellation);

    /// <summary>Tidies up after the commit.</summary>
    Task FinishAsync(DbConnection connection, CancellationToken cancellation);
}
