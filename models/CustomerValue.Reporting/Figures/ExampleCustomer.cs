using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Explanations;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Reporting.Figures;

/// <summary>One customer of the holdout with forecast, outcome and reasons. Without an id: the report is part of a sealed version, from which nobody could be erased.</summary>
public sealed record ExampleCustomer
{
    /// <summary>Why this one is shown.</summary>
    public required string Why { get; init; }

    /// <summary>Purchase days before the cutoff.</summary>
    public required int PurchaseDays { get; init; }

    /// <summary>Money spent before the cutoff.</summary>
    public required double Spend { get; init; }

    /// <summary>Day of the last purchase before the cutoff.</summary>
    public required DateOnly LastPurchase { get; init; }

    /// <summary>Predicted probability of no purchase within the horizon.</summary>
    public required double ChurnProbability { get; init; }

    /// <summary>Expected purchases within the horizon.</summary>
    public required double ExpectedPurchases { get; init; }

    /// <summary>Expected spend within the horizon.</summary>
    public required double ExpectedSpend { get; init; }

    /// <summary>What happened; null where not known.</summary>
    public required double? ActualPurchases { get; init; }

    /// <summary>What happened; null where not known.</summary>
    public required double? ActualSpend { get; init; }

    /// <summary>Log-odds that are the same for everyone.</summary>
    public required double Base { get; init; }

    /// <summary>Log-odds of the churn probability.</summary>
    public required double Logit { get; init; }

    /// <summary>The strongest contributions.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Sum of the weaker ones: base, reasons and rest add up to the log-odds.</summary>
    public required double Rest { get; init; }

    private const int MostReasons = 5;

    /// <summary>The customer in the middle of each segment by churn probability, and the one with most at stake.</summary>
    internal static IReadOnlyList<ExampleCustomer> Choose(ICustomerModel champion, Snapshot snapshot, Forecast forecast, int[] segments)
    {
        List<(int Row, string Why)> chosen = [];
        IReadOnlyList<(string Name, string Meaning)> kinds = CustomerSegments.Kinds(snapshot.Window.Horizon);
        for (int kind = kinds.Count - 1; kind >= 0; kind--)
            if (Middle(forecast, segments, kind) is { } row)
                chosen.Add((row, $"the middle of the segment \"{kinds[kind].Name}\" by churn probability"));
        if (MostAtStake(snapshot, forecast) is { } staked && !chosen.Exists(example => example.Row == staked))
            chosen.Insert(0, (staked, "the customer with most at stake: past spend, weighted by how open the outcome is"));
        IReadOnlyList<ChurnExplanation> explained = new ChurnExplainer(champion).Explain(snapshot, [.. chosen.Select(example => example.Row)], forecast);
        return [.. chosen.Select((example, i) => Of(snapshot, forecast, example.Row, example.Why, explained[i]))];
    }

    private static ExampleCustomer Of(Snapshot snapshot, Forecast forecast, int row, string why, ChurnExplanation explained)
    {
        CustomerAggregates aggregates = snapshot.Aggregates;
        return new ExampleCustomer
        {
            Why = why,
            PurchaseDays = (int)aggregates.X[row] + 1,
            Spend = aggregates.TotalSpend[row],
            LastPurchase = aggregates.LastPurchaseDay(row),
            ChurnProbability = forecast.ChurnProbability[row],
            ExpectedPurchases = forecast.ExpectedPurchases[row],
            ExpectedSpend = forecast.ExpectedSpend[row],
            ActualPurchases = snapshot.Outcomes?.Purchases[row],
            ActualSpend = snapshot.Outcomes?.Spend[row],
            Base = explained.Base,
            Logit = explained.Logit,
            Reasons = [.. explained.Reasons.Take(MostReasons)],
            Rest = explained.Reasons.Skip(MostReasons).Sum(reason => reason.Contribution),
        };
    }

    private static int? Middle(Forecast forecast, int[] segments, int kind)
    {
        int[] rows = [.. segments.Index().Where(entry => entry.Item == kind).Select(entry => entry.Index)];
        Array.Sort(Array.ConvertAll(rows, row => forecast.ChurnProbability[row]), rows);
        return rows.Length == 0 ? null : rows[rows.Length / 2];
    }

    private static int? MostAtStake(Snapshot snapshot, Forecast forecast)
    {
        ReadOnlySpan<double> spend = snapshot.Aggregates.TotalSpend, tx = snapshot.Aggregates.Tx, age = snapshot.Aggregates.T;
        int? worst = null;
        double most = 0;
        for (int i = 0; i < spend.Length; i++)
        {
            double p = forecast.ChurnProbability[i], stake = spend[i] * p * (1 - p);
            if (age[i] - tx[i] < DaysIn.Year && stake > most)
                (worst, most) = (i, stake);
        }
        return worst;
    }
}
