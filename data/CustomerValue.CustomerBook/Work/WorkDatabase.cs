using System.Data.Common;
using CustomerValue.CustomerBook.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CustomerValue.CustomerBook.Work;

/// <summary>What people who use the pages leave behind: segments and contacts. Beside the customer book and not in it, since books are replaced and this stays. Safe to use from many threads.</summary>
public sealed class WorkDatabase
{
    /// <summary>Name of the embedded database inside a model store.</summary>
    public const string FileName = "work.db";

    private readonly DbContextOptions<WorkContext> _options;
    private readonly string? _file;
    private volatile bool _isThere;

    /// <summary>A database at a place; nothing is opened or created yet.</summary>
    /// <param name="connectionString"><c>Data Source=FILE</c> or <c>Host=SERVER;...</c>, as of the customer book.</param>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public WorkDatabase(string connectionString)
    {
        IBookEngine engine = BookEngines.Choose(new CustomerBookOptions(connectionString));
        Place = engine.Place;
        if (engine is SqliteEngine)
        {
            _file = Place;
            _options = new DbContextOptionsBuilder<WorkContext>().UseSqlite(new SqliteConnectionStringBuilder(connectionString) { DataSource = Place, Pooling = false }.ToString()).Options;
        }
        else
            _options = new DbContextOptionsBuilder<WorkContext>().UseNpgsql(new NpgsqlConnectionStringBuilder(connectionString).ToString()).Options;
    }

    /// <summary>Where it is, for messages; without secrets.</summary>
    public string Place { get; }

    /// <summary>All segments, by name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<SavedSegment>> SegmentsAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<SavedSegment>>(async context => await context.Segments.AsNoTracking().OrderBy(segment => segment.Name).ToListAsync(cancellation), [], cancellation);

    /// <summary>Saves a segment, in the place of one of the same name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task SaveAsync(SavedSegment segment, CancellationToken cancellation = default) => WriteAsync(async context =>
    {
        if (await context.Segments.FindAsync([segment.Name], cancellation) is { } known)
            (known.Condition, known.Saved) = (segment.Condition, segment.Saved);
        else
            context.Segments.Add(segment);
    }, cancellation);

    /// <summary>Takes a segment away; nothing where there is none of the name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task RemoveSegmentAsync(string name, CancellationToken cancellation = default) => WriteAsync(context => context.Segments.Where(segment => segment.Name == name).ExecuteDeleteAsync(cancellation), cancellation);

    /// <summary>Writes a contact down.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<long> RecordAsync(RecordedContact contact, CancellationToken cancellation = default)
    {
        await WriteAsync(context =>
        {
            context.Contacts.Add(contact);
            return Task.CompletedTask;
        }, cancellation);
        return contact.Id;
    }

    /// <summary>Takes a contact back that was written down by mistake.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task RemoveContactAsync(long id, CancellationToken cancellation = default) => WriteAsync(context => context.Contacts.Where(contact => contact.Id == id).ExecuteDeleteAsync(cancellation), cancellation);

    /// <summary>Settles a complaint.</summary>
    /// <param name="id">The contact in which it was made.</param>
    /// <param name="day">The day; null opens it again.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task SettleAsync(long id, DateOnly? day, CancellationToken cancellation = default) => WriteAsync(async context =>
    {
        if (await context.Contacts.FindAsync([id], cancellation) is { } contact)
            contact.ComplaintClosed = day;
    }, cancellation);

    /// <summary>Contacts, latest first.</summary>
    /// <param name="customer">Those with one customer; null for all.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<RecordedContact>> ContactsAsync(string? customer, int most, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<RecordedContact>>(async context =>
        await context.Contacts.AsNoTracking().Where(contact => customer == null || contact.CustomerId == customer).OrderByDescending(contact => contact.Day).ThenByDescending(contact => contact.Id).Take(most).ToListAsync(cancellation), [], cancellation);

    /// <summary>Takes everything away that is known of a customer.</summary>
    /// <returns>How many records there were.</returns>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<int> EraseAsync(string customer, CancellationToken cancellation = default)
    {
        int erased = 0;
        await WriteAsync(async context => erased = await context.Contacts.Where(contact => contact.CustomerId == customer).ExecuteDeleteAsync(cancellation), cancellation);
        return erased;
    }

    private async Task<T> ReadAsync<T>(Func<WorkContext, Task<T>> read, T none, CancellationToken cancellation)
    {
        if (_file is not null && !File.Exists(_file))
            return none;
        try
        {
            await using WorkContext context = new(_options);
            return await IsThereAsync(context, cancellation) ? await read(context) : none;
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            throw Unusable(error, "read");
        }
    }

    private async Task WriteAsync(Func<WorkContext, Task> write, CancellationToken cancellation)
    {
        try
        {
            if (_file is not null && !File.Exists(_file))
                MakeFile(_file);
            await using WorkContext context = new(_options);
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation);
            if (!await IsThereAsync(context, cancellation))
                await context.Database.GetDbConnection().RunAsync(context.Database.GenerateCreateScript(), transaction.GetDbTransaction(), cancellation);
            await write(context);
            await context.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            _isThere = true;
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            throw Unusable(error, "written");
        }
    }

    /// <summary>Whether the tables are there; they are made by the first who writes.</summary>
    private async Task<bool> IsThereAsync(WorkContext context, CancellationToken cancellation)
    {
        if (_isThere && (_file is null || File.Exists(_file)))
            return true;
        await context.Database.OpenConnectionAsync(cancellation);
        DbTransaction? transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        string query = _file is null ? $"SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('{WorkContext.ContactsTable}')" : $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{WorkContext.ContactsTable}'";
        return await context.Database.GetDbConnection().NumberAsync(query, transaction, cancellation) > 0;
    }

    /// <summary>A file that its owner alone may read: it says who spoke with whom.</summary>
    private static void MakeFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStreamOptions owner = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, owner).Dispose();
    }

    private CustomerBookException Unusable(Exception error, string how) =>
        new($"Segments and contacts in {Place} cannot be {how}: {error.GetBaseException().Message} Check that the place is there, may be written and has space left.", error);
}
