using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using CustomerValue.CustomerBook.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CustomerValue.CustomerBook;

/// <summary>The customer book: the latest score of every customer, in the embedded database or on a PostgreSQL server. Safe to use from many threads.</summary>
/// <remarks>
/// A book is replaced as a whole in one transaction: readers see the old book until the new one is complete, and a writer killed at any moment leaves the old one.
/// Training and batch scoring write it, serving reads it, also at the same time and from different processes.
/// </remarks>
public sealed class CustomerBookDatabase
{
    /// <summary>The schema this program writes and reads.</summary>
    public const int SchemaVersion = 4;

    /// <summary>The schema before, and what makes this one of it.</summary>
    private const int LastSchema = SchemaVersion - 1;
    private static readonly string s_fromLast = $"ALTER TABLE {BookContext.HeaderTable} ADD COLUMN facts TEXT NOT NULL DEFAULT ''; UPDATE {BookContext.HeaderTable} SET schema_version = {SchemaVersion}";

    private readonly IBookEngine _engine;

    /// <summary>Made when someone reads: writing needs no mapper, whose making takes longer than a small book.</summary>
    private readonly Lazy<PooledDbContextFactory<BookContext>[]> _readers;

    /// <summary>Which of the readers could open the database last.</summary>
    private volatile int _reader;

    /// <summary>A book at a place; nothing is opened or created yet.</summary>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public CustomerBookDatabase(CustomerBookOptions options)
    {
        _engine = BookEngines.Choose(options);
        _readers = new(() => [.. _engine.ReadOptions.Select(read => new PooledDbContextFactory<BookContext>(read))]);
    }

    /// <summary>Where the book is, for messages; without secrets.</summary>
    public string Place => _engine.Place;

    /// <summary>Replaces the whole book; readers go on with the old one until this returns.</summary>
    /// <param name="header">What all scores have in common; its count is filled in here.</param>
    /// <param name="columns">What is written of every customer, <c>customer_id</c> first. Where there was a book of an earlier day, columns <c>earlier_strategy</c>, <c>earlier_stage</c> and so on are added from it.</param>
    /// <param name="rows">Every customer once, best in the order of ids: a value a column. A list may be used again for the next customer.</param>
    /// <param name="progress">Customers written so far.</param>
    /// <param name="cancellation">Leaves the old book.</param>
    /// <returns>The header as written.</returns>
    /// <exception cref="CustomerBookException">The database cannot be written, is of a newer schema, or a customer came twice; the old book stays.</exception>
    public async Task<BookHeader> WriteAsync(BookHeader header, IReadOnlyList<BookColumn> columns, IEnumerable<IReadOnlyList<object?>> rows, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        _ = new BookTable(columns, [], _engine is PostgresEngine);
        try
        {
            _engine.MakePlace();
            await using DbConnection connection = _engine.NewWriter();
            await connection.OpenAsync(cancellation);
            await _engine.PrepareAsync(connection, cancellation);
            HeaderRow row;
            await using (DbTransaction transaction = await connection.BeginTransactionAsync(cancellation))
            {
                await _engine.LockAsync(connection, transaction, cancellation);
                bool replaces = await MakeHeaderAsync(connection, transaction, cancellation);
                (IReadOnlyList<CarriedColumn> carried, DateOnly? earlier) = CarriedColumn.Of(await connection.HeaderAsync(transaction, cancellation), header.AsOf);
                BookTable table = new(columns, carried, _engine is PostgresEngine);
                await connection.RunAsync(table.Create, transaction, cancellation);
                long count = await _engine.InsertAsync(table, connection, transaction, rows, progress, cancellation);
                foreach (string index in table.Indexes(header.ScoredAt.UtcTicks.ToString("x", CultureInfo.InvariantCulture)))
                    await connection.RunAsync(index, transaction, cancellation);
                if (replaces)
                    await connection.RunAsync($"DROP TABLE {BookContext.ScoresTable}", transaction, cancellation);
                await connection.RunAsync($"ALTER TABLE {BookTable.Next} RENAME TO {BookContext.ScoresTable}", transaction, cancellation);
                row = ToRow(header with { EarlierAsOf = earlier }, table.All, count);
                await connection.RunAsync($"DELETE FROM {BookContext.HeaderTable}", transaction, cancellation);
                await connection.InsertAsync(BookContext.HeaderTable, row.Fields, transaction, cancellation);
                await transaction.CommitAsync(cancellation);
            }
            await _engine.FinishAsync(connection, CancellationToken.None);
            return row.ToHeader();
        }
        catch (Exception error) when (IsDatabaseFailure(error))
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>Brings a book of the schema before to this one, so that it need not be written anew; does nothing where there is none.</summary>
    /// <exception cref="CustomerBookException">The database cannot be written.</exception>
    public async Task UpgradeAsync(CancellationToken cancellation = default)
    {
        if (!_engine.Exists)
            return;
        try
        {
            await using DbConnection connection = _engine.NewWriter();
            await connection.OpenAsync(cancellation);
            if (await SchemaAsync(connection, null, cancellation) != LastSchema)
                return;
            await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellation);
            await _engine.LockAsync(connection, transaction, cancellation);
            if (await SchemaAsync(connection, transaction, cancellation) == LastSchema) // another may have done it meanwhile
                await connection.RunAsync(s_fromLast, transaction, cancellation);
            await transaction.CommitAsync(cancellation);
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
            await using DbConnection connection = _engine.NewWriter();
            await connection.OpenAsync(cancellation);
            await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellation);
            if (await SchemaAsync(connection, transaction, cancellation) is { } found and > SchemaVersion)
                throw OtherSchema(found);
        }
        catch (Exception error) when (IsDatabaseFailure(error))
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>Takes a customer out of the book, also where others' lines name them as who brought them or was brought. The book counts as another afterwards: its time of scoring moves on by a millisecond, so that whoever keeps answers of it asks anew.</summary>
    /// <returns>Whether the customer was in it.</returns>
    /// <exception cref="CustomerBookException">The database cannot be written.</exception>
    public async Task<bool> EraseAsync(string customerId, CancellationToken cancellation = default)
    {
        if (!_engine.Exists)
            return false;
        try
        {
            await using DbConnection connection = _engine.NewWriter();
            await connection.OpenAsync(cancellation);
            if (await SchemaAsync(connection, null, cancellation) is null)
                return false;
            await _engine.PrepareAsync(connection, cancellation);
            bool found;
            await using (DbTransaction transaction = await connection.BeginTransactionAsync(cancellation))
            {
                await _engine.LockAsync(connection, transaction, cancellation);
                found = await connection.DeleteAsync(BookContext.ScoresTable, BookColumn.CustomerId.Name, customerId, transaction, cancellation) > 0;
                int named = 0;
                BookHeader? header = await connection.HeaderAsync(transaction, cancellation);
                foreach (BookColumn column in header?.Columns.Where(column => column.Kind == BookFieldKind.Texts) ?? [])
                    named += await connection.RemoveLineAsync(BookContext.ScoresTable, BookColumn.CustomerId.Name, BookTable.Quoted(column.Name), customerId, transaction, cancellation);
                if ((found || named > 0) && header is not null)
                {
                    await connection.RunAsync($"DELETE FROM {BookContext.HeaderTable}", transaction, cancellation);
                    await connection.InsertAsync(BookContext.HeaderTable, ToRow(header with { ScoredAt = header.ScoredAt.AddMilliseconds(1) }, header.Columns, header.Customers - (found ? 1 : 0)).Fields, transaction, cancellation);
                }
                await transaction.CommitAsync(cancellation);
            }
            await _engine.FinishAsync(connection, CancellationToken.None);
            return found;
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
        BookPage? page = await PageAsync(new BookQuery { Conditions = [new(BookColumn.CustomerId.Name, BookComparison.Equal, customerId)], Limit = 1 }, cancellation);
        return page is { Rows: [BookRow row, ..] } ? new BookEntry(page.Header, row) : null;
    }

    /// <summary>A page of customers and the header of the same book, or null where no book was written yet.</summary>
    /// <exception cref="CustomerBookException">The database cannot be read or is of another schema.</exception>
    /// <exception cref="ArgumentException">The book lacks a column that the query names.</exception>
    public async Task<BookPage?> PageAsync(BookQuery query, CancellationToken cancellation = default)
    {
        (BookHeader Header, List<object?[]> Rows)? found = await SelectAsync((command, header) => BookStatements.Page(command, header, query), (header, i) => header.Columns[i].Kind, cancellation);
        if (found is not { } page)
            return null;
        BookRow[] rows = [.. page.Rows.Take(query.Limit).Select(values => new BookRow(page.Header.Columns, values))];
        return new BookPage(page.Header, rows, page.Rows.Count > query.Limit ? new BookCursor(rows[^1][query.Sort]!, rows[^1].CustomerId) : null);
    }

    /// <summary>Customers by the values or bands of some columns, with sums of others, or null where no book was written yet.</summary>
    /// <param name="keys">What parts customers; nothing for all together.</param>
    /// <param name="sums">Columns of numbers, or products of two.</param>
    /// <param name="conditions">Conditions that all hold.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <exception cref="CustomerBookException">The database cannot be read or is of another schema.</exception>
    /// <exception cref="ArgumentException">The book lacks a column that is named.</exception>
    public async Task<IReadOnlyList<BookGroup>?> GroupsAsync(IReadOnlyList<BookKey> keys, IReadOnlyList<BookSum> sums, IReadOnlyList<BookCondition> conditions, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        (BookHeader Header, List<object?[]> Rows)? found = await SelectAsync((command, header) => BookStatements.Groups(command, header, keys, sums, conditions),
            (_, i) => i < keys.Count ? BookFieldKind.Text : i == keys.Count ? BookFieldKind.Whole : BookFieldKind.Number, cancellation);
        return found?.Rows.ConvertAll(values => new BookGroup([.. values.Take(keys.Count).Select(value => (string?)value)], (long)values[keys.Count]!, [.. values.Skip(keys.Count + 1).Select(value => (double)value!)]));
    }

    /// <summary>Every customer once, some columns of each, one after the other, in the order in which the book was written: for bases too large to hold as rows.</summary>
    /// <param name="columns">Columns, by name.</param>
    /// <param name="begin">Takes the header before the first customer; once more, and from the start, where another book came meanwhile.</param>
    /// <param name="take">Takes a customer: a value a column, in a list that is used again for the next.</param>
    /// <param name="cancellation">Stops between customers.</param>
    /// <returns>False where no book was written yet.</returns>
    /// <exception cref="CustomerBookException">The database cannot be read or is of another schema.</exception>
    /// <exception cref="ArgumentException">The book lacks a column that is named.</exception>
    public async Task<bool> ScanAsync(IReadOnlyList<string> columns, Action<BookHeader> begin, Func<IReadOnlyList<object?>, ValueTask> take, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(begin);
        return await SelectAsync((command, header) =>
        {
            BookStatements.Scan(command, header, columns);
            begin(header);
        }, (header, i) => header.Columns.First(column => column.Name == columns[i]).Kind, cancellation, take) is not null;
    }

    /// <summary>Header first, which says what columns there are, then the rows; again where another book came between the two.</summary>
    private async Task<(BookHeader Header, List<object?[]> Rows)?> SelectAsync(Action<DbCommand, BookHeader> statement, Func<BookHeader, int, BookFieldKind> kindOf, CancellationToken cancellation, Func<IReadOnlyList<object?>, ValueTask>? take = null)
    {
        Selection? found = await ReadAsync(async context =>
        {
            while (await context.Headers.AsNoTracking().FirstOrDefaultAsync(cancellation) is { } row)
                if (row.SchemaVersion != SchemaVersion)
                    return new Selection(row, []);
                else if (await RowsAsync(context, row, statement, kindOf, take, cancellation) is { } rows)
                    return new Selection(row, rows);
            return null;
        }, selection => selection.Header, cancellation);
        return found is null ? null : (found.Header.ToHeader(), found.Rows);
    }

    /// <summary>The rows, or null where they are of another book than the header; none where each is taken as it comes.</summary>
    private static async Task<List<object?[]>?> RowsAsync(BookContext context, HeaderRow row, Action<DbCommand, BookHeader> statement, Func<BookHeader, int, BookFieldKind> kindOf, Func<IReadOnlyList<object?>, ValueTask>? take, CancellationToken cancellation)
    {
        const int Present = 2, HeaderFields = 3;
        BookHeader header = row.ToHeader();
        await context.Database.OpenConnectionAsync(cancellation);
        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        statement(command, header);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellation);
        List<object?[]> rows = [];
        object?[] values = [];
        BookFieldKind[] kinds = [.. Enumerable.Range(0, reader.FieldCount - HeaderFields).Select(i => kindOf(header, i))];
        for (bool first = true; await reader.ReadAsync(cancellation); first = false)
        {
            // One statement sees one book: the first row speaks for all.
            if (first && (reader.GetString(0) != row.ModelVersion || reader.GetFieldValue<DateTime>(1) != row.ScoredAt))
                return null;
            if (first && await reader.IsDBNullAsync(Present, cancellation))
                break;
            if (take is null || values.Length == 0)
                values = new object?[kinds.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = BookTable.Read(kinds[i], reader.GetValue(HeaderFields + i));
            if (take is null)
                rows.Add(values);
            else
                await take(values);
        }
        return rows;
    }

    private async Task<T?> ReadAsync<T>(Func<BookContext, Task<T?>> read, Func<T, HeaderRow> headerOf, CancellationToken cancellation) where T : class
    {
        if (!_engine.Exists)
            return null;
        for (int reader = _reader, tried = 1; ; reader = (reader + 1) % _readers.Value.Length, tried++)
            try
            {
                await using BookContext context = await _readers.Value[reader].CreateDbContextAsync(cancellation);
                T? found = await ReadAsync(context, read, cancellation);
                if (found is not null && headerOf(found).SchemaVersion is var schema && schema != SchemaVersion)
                    throw OtherSchema(schema);
                _reader = reader;
                return found;
            }
            catch (Exception error) when (tried < _readers.Value.Length && _engine.CanTryNext(error))
            {
                // The next reader opens the database in another way.
            }
            catch (Exception) when (!_engine.Exists)
            {
                return null; // deleted meanwhile
            }
            catch (Exception error) when (error is not (CustomerBookException or ArgumentException or OperationCanceledException or OutOfMemoryException))
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

    /// <summary>Makes the header's table, anew where it is of an older schema; true where there is a table of customers to replace.</summary>
    private async Task<bool> MakeHeaderAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        long? found = await SchemaAsync(connection, transaction, cancellation);
        if (found > SchemaVersion)
            throw OtherSchema(found.Value);
        if (found == LastSchema)
            await connection.RunAsync(s_fromLast, transaction, cancellation);
        else if (found < SchemaVersion)
            await connection.RunAsync($"DROP TABLE {BookContext.HeaderTable}", transaction, cancellation);
        if (found is null or < LastSchema)
            await connection.RunAsync(CreateScript(), transaction, cancellation);
        return found is not null;
    }

    private string CreateScript()
    {
        using BookContext context = new(_engine.WriteOptions);
        return context.Database.GenerateCreateScript();
    }

    private async Task<bool> HasTablesAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation) => await SchemaAsync(connection, transaction, cancellation) switch
    {
        null => false,
        SchemaVersion => true,
        long other => throw OtherSchema(other),
    };

    private async Task<long?> SchemaAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation) =>
        await connection.NumberAsync(_engine.HasTable(BookContext.HeaderTable), transaction, cancellation) == 0
            ? null
            : await connection.NumberAsync($"SELECT COALESCE(MAX(schema_version), {SchemaVersion}) FROM {BookContext.HeaderTable}", transaction, cancellation);

    private CustomerBookException OtherSchema(long found) =>
        new($"Customer book {Place}: found schema {found}, expected {SchemaVersion}. {(found < SchemaVersion ? "Run score, which writes the book anew." : "Use the program version that wrote it, or give another place for the book.")}");

    private CustomerBookException CannotWrite(Exception error) =>
        new($"Customer book {Place} cannot be written: {error.GetBaseException().Message} Check that the place is there, may be written and has space left. The old book, if any, stays.", error);

    /// <summary>The mapper wraps what the provider throws, and passing failures once more; a server that is not there is told by the network.</summary>
    private static bool IsDatabaseFailure(Exception error) =>
        error is DbException or DbUpdateException or IOException or UnauthorizedAccessException or SocketException or TimeoutException || (error is InvalidOperationException && error.InnerException is { } inner && IsDatabaseFailure(inner));

    private static HeaderRow ToRow(BookHeader header, IEnumerable<BookColumn> columns, long customers)
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
            EarlierAsOf = header.EarlierAsOf,
            Columns = HeaderRow.Text(columns),
            Facts = header.Facts,
        };
    }

    private sealed record Selection(HeaderRow Header, List<object?[]> Rows);
}
