using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Score;

/// <summary>Writes answers into the customer book, all or none.</summary>
internal static class BookWriter
{
    /// <summary>Writes every customer's prediction, with values and strategy where they are known, and the decision where one was made.</summary>
    /// <param name="book">The book.</param>
    /// <param name="scored">The predictions.</param>
    /// <param name="strategies">Values and strategies of the same customers; null where the version carries no strategy.</param>
    /// <param name="purchases">Their last purchase days; null to leave them out.</param>
    /// <param name="decide">The decision of a customer by row; null where none was made.</param>
    /// <param name="basis">What decisions and campaigns rest on; null where values are not known.</param>
    /// <param name="clock">When customers were scored.</param>
    /// <param name="progress">Customers written so far.</param>
    /// <param name="cancellation">Leaves the old book.</param>
    public static async Task<BookHeader> WriteAsync(CustomerBookDatabase book, ScoredCustomers scored, StrategyResult? strategies, RecentPurchases? purchases, Func<int, CustomerDecision>? decide, Func<int, DecisionBasis>? basis, TimeProvider clock, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        Steps steps = new(progress, scored.Count);
        steps.Report(0);
        BookFields fields = new();
        BookHeader header = new(scored.ModelVersion, scored.AsOf, scored.HorizonDays, clock.GetUtcNow());
        BookHeader written = await book.WriteAsync(header, scored.Count == 0 ? [BookColumn.CustomerId] : Row(0).Columns, Enumerable.Range(0, scored.Count).Select(row => Row(row).Values), steps, cancellation);
        steps.Report(scored.Count);
        return written;

        BookFields Row(int row)
        {
            CustomerPrediction prediction = scored[row];
            fields.Begin().Add(CustomerPrediction.Table, prediction);
            if (strategies is not null)
                fields.Add(CustomerRecommendation.Table, CustomerRecommendation.Of(strategies, row, Language.English)).Add("reasons_zh", strategies.Strategies.Reasons(row, Language.Chinese));
            if (decide is not null)
                fields.Add(CustomerDecision.Table, decide(row));
            if (basis is not null)
                fields.Add(DecisionBasis.Table, basis(row));
            if (purchases is not null)
                fields.Add("recent_purchases", purchases.Of(row));
            return fields.Add("churn_reasons", [.. prediction.Reasons.Select(reason => reason.Text)]);
        }
    }

    private sealed class Steps(IProgress<StepProgress> progress, long customers) : IProgress<long>
    {
        public void Report(long value) => progress.Report(new StepProgress("writing the customer book", value, customers, "customers"));
    }
}
