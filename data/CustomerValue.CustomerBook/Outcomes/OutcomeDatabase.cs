using System.Security.Cryptography;
using CustomerValue.CustomerBook.Engines;
using Microsoft.EntityFrameworkCore;

namespace CustomerValue.CustomerBook.Outcomes;

/// <summary>What customers really did, as it is reported, and forecasts of before that are held against it; in the database of segments and contacts. Safe to use from many threads.</summary>
public sealed class OutcomeDatabase
{
    /// <summary>Lines put in by one statement; SQLite takes 32,766 values in one.</summary>
    private const int LinesAtOnce = 500;

    /// <summary>Days between two days of which forecasts of one version are kept.</summary>
    public const int DaysApart = 7;

    /// <summary>Days after which kept forecasts go.</summary>
    private const int KeptDays = 2 * 366;

    private const int KeyBytes = 32;

    private readonly StateTables<OutcomeContext> _tables;

    /// <summary>A database at a place; nothing is opened or created yet.</summary>
    /// <param name="connectionString"><c>Data Source=FILE</c> or <c>Host=SERVER;...</c>, as of the customer book.</param>
    /// <exception cref="CustomerBookException">The connection string names neither a file nor a PostgreSQL server.</exception>
    public OutcomeDatabase(string connectionString) => _tables = new StateTables<OutcomeContext>(connectionString, "Outcomes and kept forecasts", options => new OutcomeContext(options));

    /// <summary>Adds lines to the log, each once however often it is reported.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="from">First day that the report speaks of; the earliest of its lines where null.</param>
    /// <param name="through">Last day that it speaks of; the latest of its lines where null.</param>
    /// <param name="erased">Gives who was erased; asked when nobody else writes, so that no line comes back behind an erasure.</param>
    /// <param name="cancellation">Stops it; nothing is added then.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<OutcomeReceipt> AddAsync(IReadOnlyList<ReceivedLine> lines, DateOnly? from, DateOnly? through, Func<Func<string, bool>> erased, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(erased);
        OutcomeReceipt receipt = null!;
        await _tables.WriteAsync(async context =>
        {
            Func<string, bool> isErased = erased();
            ReceivedLine[] kept = [.. lines.Where(line => !isErased(line.CustomerId))];
            int added = 0;
            foreach (ReceivedLine[] some in kept.Chunk(LinesAtOnce))
                added += await InsertAsync(context, some, cancellation);
            OutcomeState state = await StateAsync(context, cancellation);
            // A line of somebody erased was reported all the same: its day is known.
            foreach (DateOnly day in lines.Select(line => line.Day).Concat(from is null ? [] : [from.Value]).Concat(through is null ? [] : [through.Value]))
            {
                state.ObservedFrom = state.ObservedFrom < day ? state.ObservedFrom : day;
                state.ObservedThrough = state.ObservedThrough > day ? state.ObservedThrough : day;
            }
            state.Revision++;
            receipt = new OutcomeReceipt(lines.Count, added, kept.Length - added, lines.Count - kept.Length, state.ObservedFrom, state.ObservedThrough);
        }, cancellation, alone: true);
        return receipt;
    }

    /// <summary>Which days the log speaks of.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<OutcomeState?> StateAsync(CancellationToken cancellation = default) => _tables.ReadAsync(context => context.States.AsNoTracking().FirstOrDefaultAsync(cancellation), null, cancellation);

    /// <summary>The secret by which customers are drawn: the same for every program before this database, and made by the first that asks.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<byte[]> DrawKeyAsync(CancellationToken cancellation = default)
    {
        if (await StateAsync(cancellation) is { DrawKey.Length: > 0 } known)
            return Convert.FromHexString(known.DrawKey);
        string key = "";
        await _tables.WriteAsync(async context =>
        {
            OutcomeState state = await StateAsync(context, cancellation);
            if (state.DrawKey.Length == 0)
                state.DrawKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyBytes));
            key = state.DrawKey;
        }, cancellation, alone: true);
        return Convert.FromHexString(key);
    }

    /// <summary>Keeps forecasts of a book, in the place of those of the same version and day; those of two years before go.</summary>
    /// <param name="of">The book.</param>
    /// <param name="forecasts">The forecasts.</param>
    /// <param name="erased">Gives who was erased, as of <see cref="AddAsync"/>.</param>
    /// <param name="cancellation">Stops it; nothing changes then.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task KeepAsync(KeptBase of, IReadOnlyList<KeptForecast> forecasts, Func<Func<string, bool>> erased, CancellationToken cancellation = default) => _tables.WriteAsync(async context =>
    {
        DateOnly oldest = of.AsOf.AddDays(-KeptDays);
        await context.Forecasts.Where(one => one.AsOf < oldest || (one.Version == of.Version && one.AsOf == of.AsOf)).ExecuteDeleteAsync(cancellation);
        await context.Bases.Where(one => one.AsOf < oldest || (one.Version == of.Version && one.AsOf == of.AsOf)).ExecuteDeleteAsync(cancellation);
        Func<string, bool> isErased = erased();
        (await StateAsync(context, cancellation)).Revision++;
        context.Bases.Add(of);
        context.Forecasts.AddRange(forecasts.Where(forecast => !isErased(forecast.CustomerId)));
    }, cancellation, alone: true);

    /// <summary>The books of a version of which forecasts were kept, latest day first.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<KeptBase>> BasesAsync(string version, CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<KeptBase>>(async context =>
        await context.Bases.AsNoTracking().Where(one => one.Version == version).OrderByDescending(one => one.AsOf).ToListAsync(cancellation), [], cancellation);

    /// <summary>The kept forecasts of a book, by customer.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<IReadOnlyList<KeptForecast>> ForecastsAsync(string version, DateOnly asOf, CancellationToken cancellation = default)
    {
        List<KeptForecast> forecasts = await _tables.ReadAsync(context => context.Forecasts.AsNoTracking().Where(one => one.Version == version && one.AsOf == asOf).ToListAsync(cancellation), [], cancellation);
        forecasts.Sort((left, right) => string.CompareOrdinal(left.CustomerId, right.CustomerId));
        return forecasts;
    }

    /// <summary>The lines of those customers of a book whose forecasts were kept.</summary>
    /// <param name="of">The book.</param>
    /// <param name="through">Last day.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<IReadOnlyList<ReceivedLine>> LinesAsync(KeptBase of, DateOnly through, CancellationToken cancellation = default) => _tables.ReadAsync<IReadOnlyList<ReceivedLine>>(async context =>
        await context.Lines.AsNoTracking().Where(line => line.Day >= of.AsOf && line.Day <= through && context.Forecasts.Any(one => one.Version == of.Version && one.AsOf == of.AsOf && one.CustomerId == line.CustomerId)).ToListAsync(cancellation), [], cancellation);

    /// <summary>Days on which anybody bought or gave back.</summary>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public Task<int> CountDaysAsync(DateOnly from, DateOnly through, CancellationToken cancellation = default) => _tables.ReadAsync(context =>
        context.Lines.Where(line => line.Day >= from && line.Day <= through).Select(line => line.Day).Distinct().CountAsync(cancellation), 0, cancellation);

    /// <summary>Takes away what was reported of a customer and what was kept of forecasts.</summary>
    /// <returns>How many lines and forecasts there were.</returns>
    /// <exception cref="CustomerBookException">The database cannot be used.</exception>
    public async Task<int> EraseAsync(string customer, CancellationToken cancellation = default)
    {
        int erased = 0;
        await _tables.WriteAsync(async context =>
        {
            erased = await context.Lines.Where(line => line.CustomerId == customer).ExecuteDeleteAsync(cancellation) + await context.Forecasts.Where(one => one.CustomerId == customer).ExecuteDeleteAsync(cancellation);
            if (erased > 0)
                (await StateAsync(context, cancellation)).Revision++;
        }, cancellation, alone: true);
        return erased;
    }

    private static async Task<OutcomeState> StateAsync(OutcomeContext context, CancellationToken cancellation)
    {
        if (await context.States.FirstOrDefaultAsync(cancellation) is { } known)
            return known;
        OutcomeState state = new();
        context.States.Add(state);
        return state;
    }

    private static Task<int> InsertAsync(OutcomeContext context, ReceivedLine[] lines, CancellationToken cancellation)
    {
        string rows = string.Join(", ", lines.Select((_, i) => $"({{{4 * i}}}, {{{(4 * i) + 1}}}, {{{(4 * i) + 2}}}, {{{(4 * i) + 3}}})"));
        string insert = $"INSERT INTO {OutcomeContext.LinesTable} (customer_id, day, amount, line_id) VALUES {rows} ON CONFLICT DO NOTHING";
        // Adding 0 makes -0 and 0 the same amount.
        return context.Database.ExecuteSqlRawAsync(insert, lines.SelectMany(line => (object[])[line.CustomerId, line.Day, line.Amount + 0.0, line.LineId]), cancellation);
    }
}
