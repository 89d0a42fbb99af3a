using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>A host whose book holds a handful of customers of every kind, and what a book of a month before said of them; for tests of pages that only ask.</summary>
public sealed class PagesShop(TrainedStore trained) : IAsyncLifetime
{
    /// <summary>An id that is markup.</summary>
    internal const string Markup = "<script>alert('x')</script>";

    /// <summary>The columns of the book.</summary>
    internal static BookColumn[] Columns => [.. s_told, .. s_kept.Select(name => new BookColumn(name, BookFieldKind.Number))];

    private static readonly BookColumn[] s_told =
    [
        BookColumn.CustomerId, new("churn_probability", BookFieldKind.Number), new("expected_purchases", BookFieldKind.Number), new("expected_spend", BookFieldKind.Number), new("spend_p10", BookFieldKind.Number),
        new("spend_p90", BookFieldKind.Number), new("lifetime_value", BookFieldKind.Number), new("next_purchase", BookFieldKind.Day), new("overdue", BookFieldKind.Number), new("realised_value", BookFieldKind.Number),
        new("current_value", BookFieldKind.Number), new("potential_value", BookFieldKind.Number), new("potential_p10", BookFieldKind.Number), new("potential_p90", BookFieldKind.Number), new("headroom", BookFieldKind.Number),
        new("quadrant", BookFieldKind.Text), new("stage", BookFieldKind.Text), new("strategy", BookFieldKind.Text), new("reasons", BookFieldKind.Texts), new("reasons_zh", BookFieldKind.Texts), new("churn_reasons", BookFieldKind.Texts),
        new("recent_purchases", BookFieldKind.Texts), new("activity_costs", BookFieldKind.Texts), new("referred_by", BookFieldKind.Texts), new("referred", BookFieldKind.Texts),
    ];

    /// <summary>What decisions need beside them.</summary>
    private static readonly string[] s_kept = [.. DecisionCustomers.KeptNumbers.Except(s_told.Select(column => column.Name))];

    /// <summary>What is known of the base as a whole: it moved, and its totals are known for a year.</summary>
    private static readonly BookFacts s_facts = new()
    {
        Drift = new BaseDrift(new DateOnly(2023, 12, 1), true, 40, [new DriftFigure("recency", "Days since the last purchase.", 0.4, 0.1, true), new DriftFigure("frequency", "Purchase days.", 0.05, 0.1, false)],
            [new Finding("drift-features", Severity.Warning, "1 of 40 features moved.", "Train again.")]),
        Past = new PastForecasts
        {
            Horizons = [new(new DateOnly(2023, 12, 2), 100, 110), new(new DateOnly(2023, 9, 3), 100, 90), new(new DateOnly(2023, 6, 5), 100, 105)],
            Doubt = new TotalDoubt(0.09, 4),
            Churn = new PastChurn(new DateOnly(2023, 12, 2), 0.8, 0.4, 0.45),
            Last = new PastSpend(new DateOnly(2023, 12, 2), 500),
            YearBefore = new PastSpend(new DateOnly(2023, 3, 2), 200),
        },
    };

    private ServingHost? _host;

    internal ServingHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await StartAsync(trained);

    public ValueTask DisposeAsync()
    {
        Host.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A host of its own, for tests that change something.</summary>
    internal static async Task<ServingHost> StartAsync(TrainedStore trained) => ServingHost.Start(await FillAsync(trained));

    /// <summary>Folder of a store with the book.</summary>
    internal static async Task<string> FillAsync(TrainedStore trained)
    {
        string folder = trained.Copy().Folder;
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(folder));
        await book.WriteAsync(new BookHeader(trained.Older, new DateOnly(2024, 2, 1), 90, DateTimeOffset.UnixEpoch), Columns,
            [Row("anna", 0.05, 900, "maintain", "steady", "maintain"), Row("=1+1", 0.3, 220, "retain", "steady", "retain"), Row("bob", 0.7, 170, "retain", "slipping", "retain"), Row("carl", 0.9, 90, "develop", "dormant", "win-back")]);
        await book.WriteAsync(new BookHeader(trained.Older, new DateOnly(2024, 3, 1), 90, DateTimeOffset.UnixEpoch) { Facts = s_facts.ToText() }, Columns,
        [
            Row("anna", 0.05, 900, "develop", "steady", "develop"), Row(Markup, 0.5, 40, "cultivate", "new", "develop"), Row("=1+1", 0.3, 200, "retain", "slipping", "retain"), Row("bob", 0.7, 150, "retain", "dormant", "retain"),
            Row("carl", 0.9, 90, "develop", "lost", "win-back"), Row("dora", 0.45, -20, "maintain", "steady", "reprice"),
        ]);
        return folder;
    }

    private static object?[] Row(string id, double churn, double value, string quadrant, string stage, string strategy) =>
        [id, churn, 1.5, value / 4, value / 8, value / 2, value, new DateOnly(2024, 4, 1), 0.5, value, value / 2, value, value / 2, 2 * value, 5.0, quadrant, stage, strategy, new[] { Markup }, new[] { Markup }, new[] { Markup }, new[] { "2023-11-05 12.5", "2024-01-20 30" }, new[] { "12.5 return_handling", $"3 {Markup}" }, new[] { Markup }, new[] { "bob", "carl" }, .. s_kept.Select(_ => (object?)0.5)];
}
