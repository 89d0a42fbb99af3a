using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Versions;

namespace CustomerValue.Training.Score;

/// <summary>Writes scores into the customer book, all or none.</summary>
internal static class BookWriter
{
    public static async Task<BookHeader> WriteAsync(CustomerBookDatabase book, ScoredCustomers scored, TimeProvider clock, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        Steps steps = new(progress, scored.Count);
        steps.Report(0);
        BookHeader written = await book.WriteAsync(
            new BookHeader(scored.ModelVersion, scored.AsOf, scored.HorizonDays, clock.GetUtcNow()),
            Enumerable.Range(0, scored.Count).Select(index => Entry(scored[index])), steps, cancellation);
        steps.Report(scored.Count);
        return written;
    }

    private static CustomerScore Entry(CustomerPrediction prediction) => new(
        prediction.CustomerId,
        prediction.ChurnProbability,
        prediction.ProbabilityAlive,
        prediction.ExpectedPurchases,
        prediction.ExpectedSpend,
        prediction.SpendP10,
        prediction.SpendP50,
        prediction.SpendP90,
        prediction.LifetimeValue,
        prediction.LifetimeValueP10,
        prediction.LifetimeValueP90,
        prediction.NextPurchase,
        prediction.Overdue);

    private sealed class Steps(IProgress<StepProgress> progress, long customers) : IProgress<long>
    {
        public void Report(long value) => progress.Report(new StepProgress("writing the customer book", value, customers, "customers"));
    }
}
