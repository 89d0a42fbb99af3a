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

    /// <summary>Options of contexts that read.</summary>
    DbContextOptions<BookContext> ReadOptions { get; }

    /// <summary>Options of contexts that write, and create the database where that is the engine's way.</summary>
    DbContextOptions<BookContext> WriteOptions { get; }

    /// <summary>A query that gives 1 where the book's tables are there and 0 where they are not.</summary>
    string HasTablesQuery { get; }

    /// <summary>What must be set before the writer's transaction.</summary>
    Task PrepareAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Makes another writer wait; called first inside the writer's transaction.</summary>
    Task LockAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation);

    /// <summary>Puts all scores into the empty table within the transaction; returns how many.</summary>
    Task<long> InsertAsync(BookTable table, DbConnection connection, DbTransaction transaction, IEnumerable<CustomerScore> scores, IProgress<long>? progress, CancellationToken cancellation);

    /// <summary>Tidies up after the commit.</summary>
    Task FinishAsync(DbConnection connection, CancellationToken cancellation);
}
