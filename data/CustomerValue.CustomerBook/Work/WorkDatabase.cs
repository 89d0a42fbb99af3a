using CustomerValue.CustomerBook.Engines;
using Microsoft.EntityFrameworkCore;

namespace CustomerValue.CustomerBook.Work;

/// <summary>What people who use the pages leave behind: segments, contacts, who looks after whom, and settings. Beside the customer book and not in it, since books are replaced and this stays. Safe to use from many threads.</summary>
public sealed class WorkDatabase
{
    /// <summary>Name of the embedded database inside a model store.</summary>
    public const string FileName = "work.db";

    /// <summary>Customers named in one statement.</summary>
    private const int MostNamed = 500;

    private readonly StateTables<WorkContext> _tables;

    /// <summary>A database at a place; nothing is opened or created yet.</summary>
    /// <param name="connectionString"><c>Data Source=FILE</c> or <c>Host=SERVER;...</c>, as of the customer book.</param>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public WorkDatabase(string connectionString) => _tables = new StateTables<WorkContext>(connectionString, "Segments, contacts and settings", options => new WorkContext(options));

    /// <summary>Where it is, for messages; without secrets.</summary>
    public string Place => _tables.Place;

    /// <summary>All segments, by name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<SavedSegment>> SegmentsAsync(CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<SavedSegment>>(async context => await context.Segments.AsNoTracking().OrderBy(segment => segment.Name).ToListAsync(cancellation), [], cancellation);

    /// <summary>Saves a segment, in the place of one of the same name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task SaveAsync(SavedSegment segment, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        if (await context.Segments.FindAsync([segment.Name], cancellation) is { } known)
            (known.Condition, known.Saved) = (segment.Condition, segment.Saved);
        else
            context.Segments.Add(segment);
    }, cancellation);

    /// <summary>Takes a segment away; nothing where there is none of the name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task RemoveSegmentAsync(string name, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        await context.Segments.Where(segment => segment.Name == name).ExecuteDeleteAsync(cancellation);
        await context.Counts.Where(count => count.Name == name).ExecuteDeleteAsync(cancellation);
    }, cancellation);

    /// <summary>What segments came to in the books so far, the earliest day first.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<SegmentCount>> SegmentCountsAsync(CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<SegmentCount>>(async context => await context.Counts.AsNoTracking().OrderBy(count => count.AsOf).ThenBy(count => count.Name).ToListAsync(cancellation), [], cancellation);

    /// <summary>Keeps what segments came to in a book, in the place of what was kept of the same day.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task KeepAsync(IReadOnlyList<SegmentCount> counts, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        foreach (SegmentCount count in counts)
            if (await context.Counts.FindAsync([count.Name, count.AsOf], cancellation) is { } known)
                (known.Condition, known.Customers, known.Future, known.AtRisk) = (count.Condition, count.Customers, count.Future, count.AtRisk);
            else
                context.Counts.Add(count);
    }, cancellation);

    /// <summary>Who looks after customers and how many each looks after, by name.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<(string Owner, int Customers)>> OwnersAsync(CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<(string, int)>>(async context =>
        [.. (await context.Owners.GroupBy(one => one.Owner).Select(group => new { group.Key, Count = group.Count() }).OrderBy(one => one.Key).ToListAsync(cancellation)).Select(one => (one.Key, one.Count))], [], cancellation);

    /// <summary>The customers of an owner.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<string>> CustomersOfAsync(string owner, CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<string>>(async context =>
        await context.Owners.Where(one => one.Owner == owner).Select(one => one.CustomerId).ToListAsync(cancellation), [], cancellation);

    /// <summary>Who looks after some customers; those nobody looks after are left out.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyDictionary<string, string>> OwnersOfAsync(IReadOnlyList<string> customers, CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyDictionary<string, string>>(async context =>
        await context.Owners.Where(one => customers.Contains(one.CustomerId)).ToDictionaryAsync(one => one.CustomerId, one => one.Owner, cancellation), new Dictionary<string, string>(), cancellation);

    /// <summary>Says who looks after customers from now on.</summary>
    /// <param name="owners">Owner by customer; empty for nobody.</param>
    /// <param name="onlyThese">Whether nobody looks after any other customer.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task AssignAsync(IReadOnlyDictionary<string, string> owners, bool onlyThese, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        foreach (string[] some in onlyThese ? [] : owners.Keys.Chunk(MostNamed))
            await context.Owners.Where(one => some.Contains(one.CustomerId)).ExecuteDeleteAsync(cancellation);
        if (onlyThese)
            await context.Owners.ExecuteDeleteAsync(cancellation);
        context.Owners.AddRange(owners.Where(pair => pair.Value.Length > 0).Select(pair => new CustomerOwner { CustomerId = pair.Key, Owner = pair.Value }));
    }, cancellation);

    /// <summary>What was set for everybody.</summary>
    /// <param name="name">Name of the setting.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Its value; null where nobody set it.</returns>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<string?> SettingAsync(string name, CancellationToken cancellation = default) => _tables.ReadAsync(context => context.Settings.Where(setting => setting.Name == name).Select(setting => (string?)setting.Value).FirstOrDefaultAsync(cancellation), null, cancellation);

    /// <summary>Sets something for everybody.</summary>
    /// <param name="name">Name of the setting.</param>
    /// <param name="value">Its value; null takes it away.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task SetAsync(string name, string? value, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        if (value is null)
            await context.Settings.Where(setting => setting.Name == name).ExecuteDeleteAsync(cancellation);
        else if (await context.Settings.FindAsync([name], cancellation) is { } known)
            known.Value = value;
        else
            context.Settings.Add(new WorkSetting { Name = name, Value = value });
    }, cancellation);

    /// <summary>Whom nobody may contact, by id.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<string>> UncontactedAsync(CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<string>>(async context => await context.Uncontacted.OrderBy(one => one.CustomerId).Select(one => one.CustomerId).ToListAsync(cancellation), [], cancellation);

    /// <summary>Whether nobody may contact a customer.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<bool> IsUncontactedAsync(string customer, CancellationToken cancellation = default) => _tables.ReadAsync(context => context.Uncontacted.AnyAsync(one => one.CustomerId == customer, cancellation), false, cancellation);

    /// <summary>How many nobody may contact.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<int> CountUncontactedAsync(CancellationToken cancellation = default) => _tables.ReadAsync(context => context.Uncontacted.CountAsync(cancellation), 0, cancellation);

    /// <summary>Writes down that nobody may contact customers; who is on the list already stays.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="onlyThese">Whether every other one may be contacted from now on.</param>
    /// <param name="now">When; UTC.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task ForbidAsync(IReadOnlyCollection<string> customers, bool onlyThese, DateTime now, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        if (onlyThese)
            await context.Uncontacted.ExecuteDeleteAsync(cancellation);
        HashSet<string> known = [.. await context.Uncontacted.Select(one => one.CustomerId).ToListAsync(cancellation)];
        context.Uncontacted.AddRange(customers.Distinct(StringComparer.Ordinal).Where(customer => !known.Contains(customer)).Select(customer => new UncontactedCustomer { CustomerId = customer, Since = now }));
    }, cancellation);

    /// <summary>Lets a customer be contacted again.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task AllowAsync(string customer, CancellationToken cancellation = default) => _tables.WriteAsync(context => context.Uncontacted.Where(one => one.CustomerId == customer).ExecuteDeleteAsync(cancellation), cancellation);

    /// <summary>Writes a contact down.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<long> RecordAsync(RecordedContact contact, CancellationToken cancellation = default)
    {
        await _tables.WriteAsync(context =>
        {
            context.Contacts.Add(contact);
            return Task.CompletedTask;
        }, cancellation);
        return contact.Id;
    }

    /// <summary>Takes a contact back that was written down by mistake.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task RemoveContactAsync(long id, CancellationToken cancellation = default) => _tables.WriteAsync(context => context.Contacts.Where(contact => contact.Id == id).ExecuteDeleteAsync(cancellation), cancellation);

    /// <summary>Settles a complaint.</summary>
    /// <param name="id">The contact in which it was made.</param>
    /// <param name="day">The day; null opens it again.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task SettleAsync(long id, DateOnly? day, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        if (await context.Contacts.FindAsync([id], cancellation) is { } contact)
            contact.ComplaintClosed = day;
    }, cancellation);

    /// <summary>Contacts, latest first.</summary>
    /// <param name="customer">Those with one customer; null for all.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<RecordedContact>> ContactsAsync(string? customer, int most, CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<RecordedContact>>(async context =>
        await context.Contacts.AsNoTracking().Where(contact => customer == null || contact.CustomerId == customer).OrderByDescending(contact => contact.Day).ThenByDescending(contact => contact.Id).Take(most).ToListAsync(cancellation), [], cancellation);

    /// <summary>Takes everything away that is known of a customer.</summary>
    /// <returns>How many records there were.</returns>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<int> EraseAsync(string customer, CancellationToken cancellation = default)
    {
        int erased = 0;
        await _tables.WriteAsync(async context =>
        {
            erased = await context.Contacts.Where(contact => contact.CustomerId == customer).ExecuteDeleteAsync(cancellation);
            await context.Owners.Where(one => one.CustomerId == customer).ExecuteDeleteAsync(cancellation);
            await context.Uncontacted.Where(one => one.CustomerId == customer).ExecuteDeleteAsync(cancellation);
        }, cancellation);
        return erased;
    }
}
