using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>Tables that stay while books are replaced, made by the first who writes. Safe to use from many threads.</summary>
/// <typeparam name="TContext">Says which tables.</typeparam>
internal sealed class StateTables<TContext> where TContext : DbContext
{
    private readonly IBookEngine _engine;
    private readonly string _what;
    private readonly DbContextOptions<TContext> _options;
    private readonly Func<DbContextOptions<TContext>, TContext> _open;
    private readonly string[] _tables;
    private volatile bool _areThere;

    /// <summary>Tables at a place; nothing is opened or created yet.</summary>
    /// <param name="connectionString"><c>Data Source=FILE</c> or <c>Host=SERVER;...</c>.</param>
    /// <param name="what">What they hold, for messages: <c>Segments and contacts</c>.</param>
    /// <param name="open">Makes a context.</param>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public StateTables(string connectionString, string what, Func<DbContextOptions<TContext>, TContext> open)
    {
        _engine = BookEngines.Choose(new CustomerBookOptions(connectionString));
        _what = what;
        _open = open;
        DbContextOptionsBuilder<TContext> builder = new();
        _options = (_engine is SqliteEngine
            ? builder.UseSqlite(new SqliteConnectionStringBuilder(connectionString) { DataSource = Place, Pooling = false }.ToString())
            : builder.UseNpgsql(new NpgsqlConnectionStringBuilder(connectionString).ToString())).Options;
        using TContext context = open(_options);
        _tables = [.. context.Model.GetEntityTypes().Select(entity => entity.GetTableName()!)];
    }

    /// <summary>Where they are, for messages; without secrets.</summary>
    public string Place => _engine.Place;

    /// <summary>Reads; gives what stands for nothing where the tables are not there, and creates none.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<T> ReadAsync<T>(Func<TContext, Task<T>> read, T none, CancellationToken cancellation)
    {
        if (!_engine.Exists)
            return none;
        try
        {
            await using TContext context = _open(_options);
            return await AreThereAsync(context, cancellation) ? await read(context) : none;
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            throw Unusable(error, "read");
        }
    }

    /// <summary>Writes in one transaction.</summary>
    /// <param name="write">What is written.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="alone">Whether others who write alone wait meanwhile, so that what is read first still holds when it is written.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task WriteAsync(Func<TContext, Task> write, CancellationToken cancellation, bool alone = false)
    {
        try
        {
            _engine.MakePlace();
            await using TContext context = _open(_options);
            await context.Database.OpenConnectionAsync(cancellation);
            if (_engine is SqliteEngine)
                await context.Database.GetDbConnection().RunAsync("PRAGMA secure_delete = ON", null, cancellation);
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation);
            if (alone || !_areThere)
                await _engine.LockStateAsync(context.Database.GetDbConnection(), transaction.GetDbTransaction(), cancellation);
            if (!await AreThereAsync(context, cancellation))
                await context.Database.GetDbConnection().RunAsync(CreateScript(context), transaction.GetDbTransaction(), cancellation);
            await write(context);
            await context.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            _areThere = true;
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            throw Unusable(error, "written");
        }
    }

    private static string CreateScript(TContext context) => context.Database.GenerateCreateScript()
        .Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal).Replace("CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ", StringComparison.Ordinal);

    /// <summary>Whether the tables are there; where a version before left some, the others are made.</summary>
    private async Task<bool> AreThereAsync(TContext context, CancellationToken cancellation)
    {
        if (_areThere && _engine.Exists)
            return true;
        await context.Database.OpenConnectionAsync(cancellation);
        DbConnection connection = context.Database.GetDbConnection();
        DbTransaction? transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        int there = 0;
        foreach (string table in _tables)
            there += (int)await connection.NumberAsync(_engine.HasTable(table), transaction, cancellation);
        if (there == 0)
            return false;
        if (there < _tables.Length)
            await connection.RunAsync(CreateScript(context), transaction, cancellation);
        return true;
    }

    private CustomerBookException Unusable(Exception error, string how) =>
        new($"{_what} in {Place} cannot be {how}: {error.GetBaseException().Message} Check that the place is there, may be written and has space left.", error);
}
