using System.Data.Common;
using CustomerValue.CustomerBook.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace CustomerValue.CustomerBook;

/// <summary>The customer book: the latest score of every customer, in the embedded database or on a PostgreSQL server. Safe to use from many threads.</summary>
/// <remarks>
/// A book is replaced as a whole in one transaction: readers see the old book until the new one is complete, and a writer killed at any moment leaves the old one.
/// Training and batch scoring write it, serving reads it, also at the same time and from different processes.
/// </remarks>
public sealed class CustomerBookDatabase
{
    /// <summary>The schema this program writes and reads.</summary>
    public const int SchemaVersion = 1;

    private readonly IBookEngine _engine;
    private readonly PooledDbContextFactory<BookContext> _readers;
    private volatile bool _schemaChecked;

    /// <summary>A book at a place; nothing is opened or created yet.</summary>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public CustomerBookDatabase(CustomerBookOptions options)
    {
        _engine = BookEngines.Choose(options);
        _readers = new PooledDbContextFactory<BookContext>(_engine.ReadOptions);
    }

    /// <summary>Where the book is, for messages; without secrets.</summary>
    public string Place => _engine.Place;

    /// <summary>Replaces the whole book; readers go on with the old one until this returns.</summary>
    /// <param name="header">What all scores have in common; its count is filled in here.</param>
    /// <param name="scores">Every customer once, best in the order of ids.</param>
    /// <param name="progress">Customers written so far.</param>
    /// <param name="cancellation">Leaves the old book.</param>
    /// <returns>The header as written.</returns>
    /// <exception cref="CustomerBookException">The database cannot be written, is of a newer schema, or a customer came twice; the old book stays.</exception>
    public async Task<BookHeader> WriteAsync(BookHeader header, IEnumerable<CustomerScore> scores, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(scores);
        try
        {
            (_engine as SqliteEngine)?.CreateFolder();
            await using BookContext context = new(_engine.WriteOptions);
            await context.Database.OpenConnectionAsync(cancellation);
            DbConnection connection = context.Database.GetDbConnection();
            await _engine.PrepareAsync(connection, cancellation);
            HeaderRow row;
            await using (IDbContextTransaction scope = await context.Database.BeginTransactionAsync(cancellation))
            {
                DbTransaction transaction = scope.GetDbTransaction();
                await _engine.LockAsync(connection, transaction, cancellation);
                await EmptyTablesAsync(context, connection, transaction, cancellation);
                long count = await _engine.InsertAsync(new BookTable(context), connection, transaction, scores, progress, cancellation);
                row = ToRow(header, count);
                context.Headers.Add(row);
                await context.SaveChangesAsync(cancellation);
                await scope.CommitAsync(cancellation);
            }
            await _engine.FinishAsync(connection, CancellationToken.None);
            return row.ToHeader();
        }
        catch (Exception error) when (IsDatabaseFailure(error) || error is IOException or UnauthorizedAccessException)
        {
            throw new CustomerBookException($"Customer book {Place} cannot be written: {error.GetBaseException().Message} The old book, if any, stays.", error);
        }
    }

    /// <summary>What the scores have in common, or null where no book was written yet.</summary>
    /// <exception cref="CustomerBookException">The database cannot be read or is of another schema.</exception>
    public Task<BookHeader?> HeaderAsync(CancellationToken cancellation = default) => ReadAsync(async context =>
        (await context.Headers.AsNoTracking().FirstOrDefaultAsync(cancellation))?.ToHeader(), cancellation);

    /// <summary>One customer and the header of the same book, or null where the customer is unknown or no book was written yet.</summary>
    /// <exception cref="CustomerBookException">The database cannot be read or is of another schema.</exception>
    public Task<BookEntry?> FindAsync(string customerId, CancellationToken cancellation = default) => ReadAsync(async context =>
    {
        var found = await (from header in context.Headers.AsNoTracking()
                           from score in context.Scores.AsNoTracking()
                           where score.CustomerId == customerId
                           select new { header, score }).FirstOrDefaultAsync(cancellation);
        return found is null ? null : new BookEntry(found.header.ToHeader(), found.score);
    }, cancellation);

    private async Task<T?> ReadAsync<T>(Func<BookContext, Task<T?>> read, CancellationToken cancellation) where T : class
    {
        try
        {
            if (!_engine.Exists)
                return null;
            await using BookContext context = await _readers.CreateDbContextAsync(cancellation);
            if (!_schemaChecked)
            {
                await context.Database.OpenConnectionAsync(cancellation);
                if (!await HasTablesAsync(context.Database.GetDbConnection(), null, cancellation))
                    return null;
                _schemaChecked = true;
            }
            return await read(context);
        }
        catch (Exception error) when (IsDatabaseFailure(error))
        {
            _schemaChecked = false;
            throw new CustomerBookException($"Customer book {Place} cannot be read: {error.GetBaseException().Message} Check that the database is there and whole; train or score writes a new book.", error);
        }
    }

    private async Task EmptyTablesAsync(BookContext context, DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        if (await HasTablesAsync(connection, transaction, cancellation))
        {
            await context.Headers.ExecuteDeleteAsync(cancellation);
            await context.Scores.ExecuteDeleteAsync(cancellation);
        }
        else
            await connection.RunAsync(context.Database.GenerateCreateScript(), transaction, cancellation);
    }

    private async Task<bool> HasTablesAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
    {
        if (await connection.NumberAsync(_engine.HasTablesQuery, transaction, cancellation) == 0)
            return false;
        long found = await connection.NumberAsync($"SELECT COALESCE(MAX(schema_version), {SchemaVersion}) FROM {BookContext.HeaderTable}", transaction, cancellation);
        return found == SchemaVersion
            ? true
            : throw new CustomerBookException($"Customer book {Place}: found schema {found}, expected {SchemaVersion}. Use the program version that wrote it, or give another place for the book.");
    }

    /// <summary>The mapper wraps what the provider throws, and passing failures once more.</summary>
    private static bool IsDatabaseFailure(Exception error) =>
        error is DbException or DbUpdateException || (error is InvalidOperationException && error.InnerException is { } inner && IsDatabaseFailure(inner));

    private static HeaderRow ToRow(BookHeader header, long customers)
    {
        DateTime scored = header.ScoredAt.UtcDateTime;
        return new HeaderRow
        {
            SchemaVersion = SchemaVersion,
            ModelVersion = header.ModelVersion,
            AsOf = header.AsOf,
            HorizonDays = header.HorizonDays,
            ScoredAt = scored.AddTicks(-(scored.Ticks % TimeSpan.TicksPerMillisecond)),
            Customers = customers,
        };
    }
}
