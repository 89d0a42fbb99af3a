using CustomerValue.CustomerBook.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerValue.CustomerBook.Access;

/// <summary>The keys that cookies and forms are sealed with, in the database of keys and people, so that all instances before one database take each other's, and their own after they were started anew. Safe to use from many threads.</summary>
/// <remarks>Whoever can read that database can make such cookies: it holds what they are checked by too.</remarks>
public sealed class ProtectionDatabase
{
    private readonly StateTables<ProtectionContext> _tables;

    /// <summary>A database at a place; nothing is opened or created yet.</summary>
    /// <param name="connectionString"><c>Data Source=FILE</c> or <c>Host=SERVER;...</c>, as of the customer book.</param>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public ProtectionDatabase(string connectionString) => _tables = new StateTables<ProtectionContext>(connectionString, "Keys of cookies", options => new ProtectionContext(options));

    /// <summary>All of them, oldest first.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<ProtectionKey>> KeysAsync(CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<ProtectionKey>>(async context =>
        await context.Keys.AsNoTracking().OrderBy(key => key.Created).ThenBy(key => key.Name).ToListAsync(cancellation), [], cancellation);

    /// <summary>Adds one, unless another was added since: instances that begin at the same moment agree on the first.</summary>
    /// <param name="key">The key.</param>
    /// <param name="unlessSince">UTC; null to add it whatever there is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>False where another was added since.</returns>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<bool> AddAsync(ProtectionKey key, DateTime? unlessSince, CancellationToken cancellation = default)
    {
        bool added = false;
        await _tables.WriteAsync(async context =>
        {
            added = unlessSince is not { } since || !await context.Keys.AnyAsync(known => known.Created >= since, cancellation);
            if (added)
                context.Keys.Add(key);
        }, cancellation, alone: true);
        return added;
    }
}

/// <summary>The table <c>access_protection</c>.</summary>
internal sealed class ProtectionContext(DbContextOptions<ProtectionContext> options) : DbContext(options)
{
    public DbSet<ProtectionKey> Keys => Set<ProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ProtectionKey>().ToTable("access_protection").HasKey(key => key.Name);
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(BookContext.ColumnOf(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.Properties<DateTime>().HaveConversion<UtcTime>();
}
