using System.Diagnostics.Metrics;
using CustomerValue.CustomerBook;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Customers;

/// <summary>How old the customer book is. The database is asked now and then, not by whoever asks for metrics: one that does not answer would keep them waiting.</summary>
internal sealed class BookInstruments(CustomerBookDatabase book, TimeProvider clock) : BackgroundService, IInstruments
{
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(15);
    private volatile Look? _look;

    public void AddTo(Meter meter)
    {
        meter.CreateObservableGauge("customer_value.book.ready", () => Looked(look => look.Header is null ? 0 : 1), null, "1 where the customer book can be read, 0 where there is none or it cannot.");
        meter.CreateObservableGauge("customer_value.book.scored.timestamp", () => OfBook(header => header.ScoredAt.ToUnixTimeSeconds()), "s", "When the customers of the book were scored, in seconds since 1970.");
        meter.CreateObservableGauge("customer_value.book.customers", () => OfBook(header => header.Customers), "{customer}", "Customers in the book.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_age, clock);
        do
        {
            try
            {
                _look = new Look(await book.HeaderAsync(stoppingToken));
            }
            catch (CustomerBookException)
            {
                _look = new Look(null);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<long>> Looked(Func<Look, long> figure) => _look is { } look ? [new(figure(look))] : [];

    private IEnumerable<Measurement<long>> OfBook(Func<BookHeader, long> figure) => _look?.Header is { } header ? [new(figure(header), new KeyValuePair<string, object?>(ServiceMeter.VersionLabel, header.ModelVersion))] : [];

    private sealed record Look(BookHeader? Header);
}
