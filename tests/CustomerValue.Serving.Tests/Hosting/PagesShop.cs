using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>A host whose book holds a handful of customers of every kind, and what a book of a month before said of them; for tests of pages that only ask.</summary>
public sealed class PagesShop(TrainedStore trained) : IAsyncLifetime
{
    /// <summary>An id that is markup.</summary>
    internal const string Markup = "<script>alert('x')</script>";

    /// <summary>The columns of the book.</summary>
    internal static readonly BookColumn[] Columns =
    [
        BookColumn.CustomerId, new("churn_probability", BookFieldKind.Number), new("expected_purchases", BookFieldKind.Number), new("expected_spend", BookFieldKind.Number), new("spend_p10", BookFieldKind.Number),
        new("spend_p90", BookFieldKind.Number), new("lifetime_value", BookFieldKind.Number), new("next_purchase", BookFieldKind.Day), new("overdue", BookFieldKind.Number), new("realised_value", BookFieldKind.Number),
        new("current_value", BookFieldKind.Number), new("potential_value", BookFieldKind.Number), new("potential_p10", BookFieldKind.Number), new("potential_p90", BookFieldKind.Number), new("headroom", BookFieldKind.Number),
        new("quadrant", BookFieldKind.Text), new("stage", BookFieldKind.Text), new("strategy", BookFieldKind.Text), new("reasons", BookFieldKind.Texts), new("reasons_zh", BookFieldKind.Texts), new("churn_reasons", BookFieldKind.Texts),
        new("recent_purchases", BookFieldKind.Texts),
    ];

    private ServingHost? _host;

    internal ServingHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await StartAsync(trained);

    public ValueTask DisposeAsync()
    {
        Host.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A host of its own, for tests that change something.</summary>
    internal static async Task<ServingHost> StartAsync(TrainedStore trained)
    {
        string folder = trained.Copy().Folder;
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(folder));
        await book.WriteAsync(new BookHeader(trained.Older, new DateOnly(2024, 2, 1), 90, DateTimeOffset.UnixEpoch), Columns,
            [Row("anna", 0.05, 900, "maintain", "steady", "maintain"), Row("=1+1", 0.3, 220, "retain", "steady", "retain"), Row("bob", 0.7, 170, "retain", "slipping", "retain"), Row("carl", 0.9, 90, "develop", "dormant", "win-back")]);
        await book.WriteAsync(new BookHeader(trained.Older, new DateOnly(2024, 3, 1), 90, DateTimeOffset.UnixEpoch), Columns,
        [
            Row("anna", 0.05, 900, "develop", "steady", "develop"), Row(Markup, 0.5, 40, "cultivate", "new", "develop"), Row("=1+1", 0.3, 200, "retain", "slipping", "retain"), Row("bob", 0.7, 150, "retain", "dormant", "retain"),
            Row("carl", 0.9, 90, "develop", "lost", "win-back"), Row("dora", 0.45, -20, "maintain", "steady", "reprice"),
        ]);
        return ServingHost.Start(folder);
    }

    private static object?[] Row(string id, double churn, double value, string quadrant, string stage, string strategy) =>
        [id, churn, 1.5, value / 4, value / 8, value / 2, value, new DateOnly(2024, 4, 1), 0.5, value, value / 2, value, value / 2, 2 * value, 5.0, quadrant, stage, strategy, new[] { Markup }, new[] { Markup }, new[] { Markup }, new[] { "2023-11-05 12.5", "2024-01-20 30" }];
}
