using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting.Figures;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Score;

/// <summary>Writes answers into the customer book, all or none.</summary>
internal static class BookWriter
{
    /// <summary>Writes every customer's prediction, with values, strategy and texts where they are known, and what is known of all.</summary>
    /// <param name="book">The book.</param>
    /// <param name="of">The customers.</param>
    /// <param name="facts">What is known of the base as a whole.</param>
    /// <param name="erased">Who was erased when the transactions were read, and where that is looked up again.</param>
    /// <param name="clock">When customers were scored.</param>
    /// <param name="progress">Customers written so far.</param>
    /// <param name="cancellation">Leaves the old book.</param>
    public static async Task<BookHeader> WriteAsync(CustomerBookDatabase book, ScoredBase of, BookFacts facts, (ErasedCustomers Then, string Folder) erased, TimeProvider clock, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        ScoredCustomers scored = of.Scored;
        Steps steps = new(progress, scored.Count);
        steps.Report(0);
        BookFields fields = new();
        BookTexts? texts = BookTexts.For(of);
        BookHeader header = new(scored.ModelVersion, scored.AsOf, scored.HorizonDays, clock.GetUtcNow()) { Facts = facts.ToText() };
        BookHeader written = await book.WriteAsync(header, scored.Count == 0 ? [BookColumn.CustomerId] : Row(0).Columns, RowsAhead.Of(scored.Count, row => (IReadOnlyList<object?>)[.. Row(row).Values]), steps, cancellation);
        // Whoever was erased while everyone was scored is not to come back: who is written down as erased before this look is taken out here, who comes later finds the new book.
        if (ErasedCustomers.In(erased.Folder) is { } now && now.Count > erased.Then.Count)
            foreach (string customer in scored.Ids.Where(now.Contains))
                await book.EraseAsync(customer, CancellationToken.None);
        steps.Report(scored.Count);
        return written;

        BookFields Row(int row)
        {
            CustomerPrediction prediction = scored[row];
            fields.Begin().Add(CustomerPrediction.Table, prediction);
            if (of.Strategies is { } strategies)
                fields.Add(CustomerRecommendation.Table, CustomerRecommendation.Of(strategies, row, Language.English)).Add("reasons_zh", strategies.Strategies.Reasons(row, Language.Chinese));
            if (of.Basis is { } basis)
                fields.Add(DecisionBasis.Table, basis(row));
            texts?.AddTo(fields, row);
            return fields.Add("churn_reasons", [.. prediction.Reasons.Select(reason => reason.Text)]);
        }
    }

    private sealed class Steps(IProgress<StepProgress> progress, long customers) : IProgress<long>
    {
        public void Report(long value) => progress.Report(new StepProgress("writing the customer book", value, customers, "customers"));
    }
}
