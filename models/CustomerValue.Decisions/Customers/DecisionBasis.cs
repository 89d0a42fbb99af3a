using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Answers;

namespace CustomerValue.Decisions.Customers;

/// <summary>What decisions and campaigns need of a customer beside the answers of model and strategy. Kept with those, plans can be made where the transactions are not.</summary>
public sealed record DecisionBasis
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>Expected net margin within the horizon; money.</summary>
    public required double ExpectedMargin { get; init; }

    /// <summary>Standard deviation of the true expectation around it; money.</summary>
    public required double MarginDeviation { get; init; }

    /// <summary>Median days from the day to the next purchase; null where none is expected.</summary>
    public required double? NextPurchaseDays { get; init; }

    /// <summary>1 where the customer bought in as many days before the day as the horizon has, else 0; null where the history is too short to tell.</summary>
    public required double? BoughtBefore { get; init; }

    /// <summary>Spend in the same days, scaled to the horizon where the history is shorter; money.</summary>
    public required double? SpendBefore { get; init; }

    /// <summary>The columns, in order.</summary>
    public static AnswerTable<DecisionBasis> Table { get; } = new(
        new("customer_id", (fields, row) => fields.Text(row.CustomerId)),
        new(DecisionCustomers.Margin, (fields, row) => fields.Number(row.ExpectedMargin)),
        new(DecisionCustomers.Deviation, (fields, row) => fields.Number(row.MarginDeviation)),
        new(DecisionCustomers.NextDays, (fields, row) => fields.Number(row.NextPurchaseDays)),
        new(DecisionCustomers.Bought, (fields, row) => fields.Number(row.BoughtBefore)),
        new(DecisionCustomers.Spent, (fields, row) => fields.Number(row.SpendBefore)));

    /// <summary>The basis of each customer of a base.</summary>
    /// <param name="customers">The base.</param>
    /// <param name="log">Its transactions.</param>
    /// <param name="returns">What negative amounts do.</param>
    public static Func<int, DecisionBasis> Of(DecisionCustomers customers, TransactionLog log, ReturnsPolicy returns)
    {
        (double[] bought, double[] spent) = PurchasesBefore(log, customers.Ids, customers.AsOf, customers.HorizonDays, returns) ?? ([], []);
        return row => new DecisionBasis
        {
            CustomerId = customers.Ids[row],
            ExpectedMargin = customers.ExpectedMargin[row],
            MarginDeviation = customers.MarginDeviation[row],
            NextPurchaseDays = customers.NextPurchaseDays.Length > 0 && double.IsFinite(customers.NextPurchaseDays[row]) ? customers.NextPurchaseDays[row] : null,
            BoughtBefore = bought.Length > 0 ? bought[row] : null,
            SpendBefore = spent.Length > 0 ? spent[row] : null,
        };
    }

    /// <summary>Whether customers bought, and what they spent, in some days before a day, as far as the log reaches back; null where it does not.</summary>
    /// <exception cref="KeyNotFoundException">The log does not know a customer.</exception>
    internal static (double[] Bought, double[] Spent)? PurchasesBefore(TransactionLog log, IReadOnlyList<string> ids, DateOnly asOf, int wanted, ReturnsPolicy returns)
    {
        DateOnly last = log.LastDay < asOf ? log.LastDay : asOf.AddDays(-1);
        int days = Math.Clamp(Math.Min(wanted, last.DayNumber - log.FirstDay.DayNumber), Horizon.MinDays, Horizon.MaxDays);
        DateOnly cutoff = last.AddDays(1 - days);
        if (cutoff <= log.FirstDay)
            return null;
        int[] population = [.. ids.Select(id => log.Customers.Find(id) is >= 0 and int code ? code : throw new KeyNotFoundException(id))];
        OutcomeTable before = OutcomeTable.Compute(log, new ObservationWindow(cutoff, new Horizon(days)), population, returns);
        double scale = (double)wanted / days;
        return ([.. before.Churned.ToArray().Select(churned => churned ? 0.0 : 1)], [.. before.Spend.ToArray().Select(spend => spend * scale)]);
    }
}
