using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Explanations;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Reporting.Figures;

/// <summary>One customer of the holdout with forecast, outcome and reasons. Without an id: the report is part of a sealed version, from which nobody could be erased.</summary>
/// <param name="Why">Why this one is shown.</param>
/// <param name="PurchaseDays">Purchase days before the cutoff.</param>
/// <param name="Spend">Money spent before the cutoff.</param>
/// <param name="LastPurchase">Day of the last purchase before the cutoff.</param>
/// <param name="ChurnProbability">Predicted probability of no purchase within the horizon.</param>
/// <param name="ExpectedPurchases">Expected purchases within the horizon.</param>
/// <param name="ExpectedSpend">Expected spend within the horizon.</param>
/// <param name="ActualPurchases">What happened; null where not known.</param>
/// <param name="ActualSpend">What happened; null where not known.</param>
/// <param name="Base">Log-odds that are the same for everyone.</param>
/// <param name="Logit">Log-odds of the churn probability.</param>
/// <param name="Reasons">The strongest contributions.</param>
/// <param name="Rest">Sum of the weaker ones: base, reasons and rest add up to the log-odds.</param>
public sealed record ExampleCustomer(
    string Why,
    int PurchaseDays,
    double Spend,
    DateOnly LastPurchase,
    double ChurnProbability,
    double ExpectedPurchases,
    double ExpectedSpend,
    double? ActualPurchases,
    double? ActualSpend,
    double Base,
    double Logit,
    IReadOnlyList<Reason> Reasons,
    double Rest)
{
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
        return new ExampleCustomer(why, (int)aggregates.X[row] + 1, aggregates.TotalSpend[row], aggregates.LastPurchaseDay(row),
            forecast.ChurnProbability[row], forecast.ExpectedPurchases[row], forecast.ExpectedSpend[row],
            snapshot.Outcomes?.Purchases[row], snapshot.Outcomes?.Spend[row], explained.Base, explained.Logit,
            [.. explained.Reasons.Take(MostReasons)], explained.Reasons.Skip(MostReasons).Sum(reason => reason.Contribution));
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
