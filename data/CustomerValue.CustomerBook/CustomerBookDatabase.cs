using System.Data.Common;
using System.Net.Sockets;
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
    private readonly PooledDbContextFactory<BookContext>[] _readers;

    /// <summary>Which of the readers could open the database last.</summary>
    private volatile int _reader;

    /// <summary>A book at a place; nothing is opened or created yet.</summary>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public CustomerBookDatabase(CustomerBookOptions options)
    {
        _engine = BookEngines.Choose(options);
        _readers = [.. _engine.ReadOptions.Select(read => new PooledDbContextFactory<BookContext>(read))];
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
            _engine.MakePlace();
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
        catch (Exception error) when (IsDatabaseFailure(error))
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>Looks whether a book could be written, without writing one: what takes long should not end in front of a closed door.</summary>
    /// <exception cref="CustomerBookException">The database is not there, may not be written, is locked, damaged or of a newer schema.</exception>
    public async Task CheckWritableAsync(CancellationToken cancellation = default)
    {
        try
        {
            _engine.CheckPlace();
            if (!_engine.Exists)
                return;
            await using BookContext context = new(_engine.WriteOptions);
            await context.Database.OpenConnectionAsync(cancellation);
            DbConnection connection = context.Database.GetDbConnection();
            await using IDbContextTransaction scope = await context.Database.BeginTransactionAsync(cancellation);
            await HasTablesAsync(connection, scope.GetDbTransaction(), cancellation);
        }
        catch (Exception error) when (IsDatabaseFailure(error))
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>What the scores have in common, or null where no book was written yet.</summary>
    /// <exception cref="CustomerBookException">The database cannot be read or is of another schema.</exception>
    public async Task<BookHeader?> HeaderAsync(CancellationToken cancellation = default) =>
        (await ReadAsync(context => context.Headers.AsNoTracking().FirstOrDefaultAsync(cancellation), row => row, cancellation))?.ToHeader();

    /// <summary>One customer and the header of the same book, or null where the customer is unknown or no book was written yet.</summary>
    /// <exception cref="CustomerBookException">The database cannot be read or is of another schema.</exception>
    public async Task<BookEntry?> FindAsync(string customerId, CancellationToken cancellation = default)
    {
        FoundRow? found = await ReadAsync(context => (from header in context.Headers.AsNoTracking()
                                                      from score in context.Scores.AsNoTracking()
                                                      where score.CustomerId == customerId
                                                      select new FoundRow(header, score)).FirstOrDefaultAsync(cancellation), row => row.Header, cancellation);
        return found is null ? null : new BookEntry(found.Header.ToHeader(), found.Score);
    }

    private async Task<T?> ReadAsync<T>(Func<BookContext, Task<T?>> read, Func<T, HeaderRow> headerOf, CancellationToken cancellation) where T : class
    {
        if (!_engine.Exists)
            return null;
        for (int reader = _reader, tried = 1; ; reader = (reader + 1) % _readers.Length, tried++)
            try
            {
                await using BookContext context = await _readers[reader].CreateDbContextAsync(cancellation);
                T? found = await ReadAsync(context, read, cancellation);
                if (found is not null && headerOf(found).SchemaVersion is var schema && schema != SchemaVersion)
                    throw OtherSchema(schema);
                _reader = reader;
                return found;
            }
            catch (Exception error) when (tried < _readers.Length && _engine.CanTryNext(error))
            {
                // The next reader opens the database in another way.
            }
            catch (Exception) when (!_engine.Exists)
            {
                return null; // deleted meanwhile
            }
            catch (Exception error) when (error is not (CustomerBookException or OperationCanceledException or OutOfMemoryException))
            {
                throw new CustomerBookException($"Customer book {Place} cannot be read: {error.GetBaseException().Message} Check that the database is there and whole; train or score writes a new book.", error);
            }
    }

    /// <summary>Reads at once; why that fails where there are no tables, or those of another program, is looked at afterwards.</summary>
    private async Task<T?> ReadAsync<T>(BookContext context, Func<BookContext, Task<T?>> read, CancellationToken cancellation) where T : class
    {
        try
        {
            return await read(context);
        }
        catch (DbException)
        {
            await context.Database.OpenConnectionAsync(cancellation);
            if (!await HasTablesAsync(context.Database.GetDbConnection(), null, cancellation))
                return null;
            throw;
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
            : throw OtherSchema(found);
    }

    private CustomerBookException OtherSchema(long found) =>
        new($"Customer book {Place}: found schema {found}, expected {SchemaVersion}. Use the program version that wrote it, or give another place for the book.");

    private CustomerBookException CannotWrite(Exception error) =>
        new($"Customer book {Place} cannot be written: {error.GetBaseException().Message} Check that the place is there, may be written and has space left. The old book, if any, stays.", error);

    /// <summary>The mapper wraps what the provider throws, and passing failures once more; a server that is not there is told by the network.</summary>
    private static bool IsDatabaseFailure(Exception error) =>
        error is DbException or DbUpdateException or IOException or UnauthorizedAccessException or SocketException or TimeoutException || (error is InvalidOperationException && error.InnerException is { } inner && IsDatabaseFailure(inner));

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

    private sealed record FoundRow(HeaderRow Header, CustomerScore Score);
}
