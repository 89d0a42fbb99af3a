using CustomerValue.CustomerBook.Engines;
using Microsoft.EntityFrameworkCore;

namespace CustomerValue.CustomerBook.Access;

/// <summary>Who may use the service, programs by keys and people by passwords, and what they did that is asked about later; in the database of segments and contacts. Safe to use from many threads.</summary>
public sealed class AccessDatabase
{
    private readonly StateTables<AccessContext> _tables;

    /// <summary>A database at a place; nothing is opened or created yet.</summary>
    /// <param name="connectionString"><c>Data Source=FILE</c> or <c>Host=SERVER;...</c>, as of the customer book.</param>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public AccessDatabase(string connectionString) => _tables = new StateTables<AccessContext>(connectionString, "Keys and people", options => new AccessContext(options));

    /// <summary>Where it is, for messages; without secrets.</summary>
    public string Place => _tables.Place;

    /// <summary>All keys, revoked and expired ones too, oldest first.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<AccessKey>> KeysAsync(CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<AccessKey>>(async context =>
        await context.Keys.AsNoTracking().OrderBy(key => key.Created).ThenBy(key => key.Prefix).ToListAsync(cancellation), [], cancellation);

    /// <summary>All people, those locked out too, by name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<AccessPerson>> PeopleAsync(CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<AccessPerson>>(async context =>
        await context.People.AsNoTracking().OrderBy(person => person.Name).ToListAsync(cancellation), [], cancellation);

    /// <summary>What was done last, latest first.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<AuditRecord>> AuditAsync(int most, CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<AuditRecord>>(async context =>
        await context.Audit.AsNoTracking().OrderByDescending(record => record.Id).Take(most).ToListAsync(cancellation), [], cancellation);

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="inPlaceOf">Prefix of the key that it takes the place of, or null.</param>
    /// <param name="until">Until when that one goes on, UTC.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task AddAsync(AccessKey key, string? inPlaceOf = null, DateTime? until = null, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
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
        await _tables.WriteAsync(async context =>
        {
            if (await context.Keys.FindAsync([prefix], cancellation) is { } key)
                (found, key.Revoked) = (true, key.Revoked ?? utc);
        }, cancellation);
        return found;
    }

    /// <summary>Adds a person, or changes password, role and lock of the one of the same name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task SaveAsync(AccessPerson person, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        if (await context.People.FindAsync([person.Name], cancellation) is { } known)
            (known.Hash, known.Role, known.Stamp, known.Locked) = (person.Hash, person.Role, person.Stamp, person.Locked);
        else
            context.People.Add(person);
    }, cancellation);

    /// <summary>Writes down what was done.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task RecordAsync(AuditRecord record, CancellationToken cancellation = default) => _tables.WriteAsync(context =>
    {
        context.Audit.Add(record);
        return Task.CompletedTask;
    }, cancellation);
}
