using System.Security.Cryptography;
using System.Text;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Outcomes;

/// <summary>
/// Keeps what a new customer book says of some of its customers, so that it can be held against what comes: books are replaced, this stays. Which customers is drawn by a keyed hash of the id: the same in
/// every book, and nobody without the key knows whom.
/// </summary>
internal sealed partial class ForecastKeeper(CustomerBookDatabase book, OutcomeDatabase outcomes, ModelStore store, Outages outages, TimeProvider clock, ILogger<ForecastKeeper> log) : BackgroundService
{
    /// <summary>Customers of a book of whom forecasts are kept.</summary>
    public const int MostCustomers = 20_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private static readonly string[] s_columns = ["customer_id", "churn_probability", "expected_purchases", "expected_spend", "spend_p10", "spend_p90", "cohort"];

    private readonly SemaphoreSlim _one = new(1, 1);
    private BookHeader? _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is CustomerBookException or ModelStoreException)
            {
                if (outages.IsNews(error.Message))
                    LogNotKept(error.Message);
            }
    }

    /// <summary>Looks at once, and keeps what is new.</summary>
    /// <exception cref="CustomerBookException">Book or database cannot be used.</exception>
    /// <exception cref="ModelStoreException">The version that scored the book is not in the store, or is damaged.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            BookHeader? header = await book.HeaderAsync(cancellation);
            if (header is null || (_last is { } last && header.IsOfSameBook(last)))
                return;
            if (await IsWantedAsync(header, cancellation))
                await KeepAsync(header, cancellation);
            _last = header;
        }
        catch (ModelStoreException)
        {
            _last = await book.HeaderAsync(cancellation); // a version that is gone is told once, not every few seconds
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <summary>Whether a book is none of those kept, and a week from the others of its version: one for each day would be as much again for figures that hardly differ.</summary>
    private async Task<bool> IsWantedAsync(BookHeader header, CancellationToken cancellation)
    {
        if (!Array.TrueForAll(s_columns[..4], name => header.Columns.Any(column => column.Name == name)))
            return false;
        IReadOnlyList<KeptBase> kept = await outcomes.BasesAsync(header.ModelVersion, cancellation);
        return kept.FirstOrDefault(one => one.AsOf == header.AsOf) is { } same
            ? same.ScoredAt != header.ScoredAt.UtcDateTime
            : kept.All(one => Math.Abs(one.AsOf.DayNumber - header.AsOf.DayNumber) >= OutcomeDatabase.DaysApart);
    }

    private async Task KeepAsync(BookHeader header, CancellationToken cancellation)
    {
        string returns = RealisedAccuracy.ReturnsOf(store.Open(header.ModelVersion)).ToString();
        byte[] key = await outcomes.DrawKeyAsync(cancellation);
        string[] columns = [.. s_columns.Where(name => header.Columns.Any(column => column.Name == name))];
        int[] places = [.. s_columns.Select(name => Array.IndexOf(columns, name))];
        PriorityQueue<KeptForecast, ulong> drawn = new(Comparer<ulong>.Create((left, right) => right.CompareTo(left)));
        BookHeader? read = null;
        await book.ScanAsync(columns, begin =>
        {
            read = begin;
            drawn.Clear();
        }, row =>
        {
            Take(row);
            return ValueTask.CompletedTask;
        }, cancellation);
        if (read is null || !read.IsOfSameBook(header))
            return; // replaced meanwhile: the next look finds the other one
        await outcomes.KeepAsync(new KeptBase
        {
            Version = header.ModelVersion,
            AsOf = header.AsOf,
            HorizonDays = header.HorizonDays,
            Returns = returns,
            ScoredAt = header.ScoredAt.UtcDateTime,
            Customers = header.Customers,
        }, [.. drawn.UnorderedItems.Select(item => item.Element)], () => ErasedCustomers.In(store.Folder).Contains, cancellation);
        LogKept(drawn.Count, header.Customers, header.ModelVersion, header.AsOf);

        void Take(IReadOnlyList<object?> row)
        {
            object? Value(int column) => places[column] < 0 ? null : row[places[column]];
            // Of who never bought, training measured nothing.
            if (Value(6) is not null || Value(1) is not double churn || Value(2) is not double purchases || Value(3) is not double spend)
                return;
            string id = (string)Value(0)!;
            ulong place = BitConverter.ToUInt64(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(id)));
            if (drawn.Count == MostCustomers && drawn.TryPeek(out _, out ulong last) && place >= last)
                return;
            drawn.Enqueue(new KeptForecast
            {
                Version = header.ModelVersion,
                AsOf = header.AsOf,
                CustomerId = id,
                ChurnProbability = churn,
                ExpectedPurchases = purchases,
                ExpectedSpend = spend,
                SpendP10 = Value(4) as double?,
                SpendP90 = Value(5) as double?,
            }, place);
            if (drawn.Count > MostCustomers)
                drawn.Dequeue();
        }
    }

    [LoggerMessage(LogLevel.Information, "Forecasts of {Kept} of {Customers} customers are kept, of version {Version} as of {AsOf}, to be held against outcomes")]
    private partial void LogKept(int kept, long customers, string version, DateOnly asOf);

    [LoggerMessage(LogLevel.Warning, "Forecasts of the customer book are not kept: {Reason}")]
    private partial void LogNotKept(string reason);
}
