using System.Data.Common;
using CustomerValue.CustomerBook.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CustomerValue.CustomerBook.Access;

/// <summary>Who may call the service, in the database of segments and contacts. Safe to use from many threads.</summary>
public sealed class AccessDatabase
{
    private readonly IBookEngine _engine;
    private readonly DbContextOptions<AccessContext> _options;

    /// <summary>A database at a place; nothing is opened or created yet.</summary>
    /// <param name="connectionString"><c>Data Source=FILE</c> or <c>Host=SERVER;...</c>, as of the customer book.</param>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public AccessDatabase(string connectionString)
    {
        _engine = BookEngines.Choose(new CustomerBookOptions(connectionString));
        DbContextOptionsBuilder<AccessContext> builder = new();
        _options = (_engine is SqliteEngine
            ? builder.UseSqlite(new SqliteConnectionStringBuilder(connectionString) { DataSource = Place, Pooling = false }.ToString())
            : builder.UseNpgsql(new NpgsqlConnectionStringBuilder(connectionString).ToString())).Options;
    }

    /// <summary>Where it is, for messages; without secrets.</summary>
    public string Place => _engine.Place;

    /// <summary>All keys, revoked and expired ones too, oldest first.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<IReadOnlyList<AccessKey>> KeysAsync(CancellationToken cancellation = default)
    {
        if (!_engine.Exists)
            return [];
        try
        {
            await using AccessContext context = new(_options);
            await context.Database.OpenConnectionAsync(cancellation);
            return await HasTableAsync(context, null, cancellation) ? await context.Keys.AsNoTracking().OrderBy(key => key.Created).ThenBy(key => key.Prefix).ToListAsync(cancellation) : [];
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            throw Unusable(error, "read");
        }
    }

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="inPlaceOf">Prefix of the key that it takes the place of, or null.</param>
    /// <param name="until">Until when that one goes on, UTC.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task AddAsync(AccessKey key, string? inPlaceOf = null, DateTime? until = null, CancellationToken cancellation = default) => WriteAsync(async context =>
    {
        context.Keys.Add(key);
        if (inPlaceOf is not null && await context.Keys.FindAsync([inPlaceOf], cancellation) is { } old && !(old.Expires < until))
            old.Expires = until;
    }, cancellation);

    /// <summary>Makes a key worth nothing; false where there is none with the prefix.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<bool> RevokeAsync(string prefix, DateTime utc, CancellationToken cancellation = default)
    {
        bool found = false;
        await WriteAsync(async context =>
        {
            if (await context.Keys.FindAsync([prefix], cancellation) is { } key)
                (found, key.Revoked) = (true, key.Revoked ?? utc);
        }, cancellation);
        return found;
    }

    private async Task WriteAsync(Func<AccessContext, Task> write, CancellationToken cancellation)
    {
        try
        {
            _engine.MakePlace();
            await using AccessContext context = new(_options);
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation);
            if (!await HasTableAsync(context, transaction.GetDbTransaction(), cancellation))
                await context.Database.GetDbConnection().RunAsync(context.Database.GenerateCreateScript(), transaction.GetDbTransaction(), cancellation);
            await write(context);
            await context.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            throw Unusable(error, "written");
        }
    }

    private async Task<bool> HasTableAsync(AccessContext context, DbTransaction? transaction, CancellationToken cancellation) =>
        await context.Database.GetDbConnection().NumberAsync(_engine.HasTable(AccessContext.KeysTable), transaction, cancellation) > 0;

    private CustomerBookException Unusable(Exception error, string how) =>
        new($"Keys in {Place} cannot be {how}: {error.GetBaseException().Message} Check that the place is there, may be written and has space left.", error);
}
