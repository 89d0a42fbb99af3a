using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>Computes the aggregates of a catalogue from a log: one pass over each customer's rows before the cutoff.</summary>
public static class Aggregator
{
    // Customers that one thread takes at a time.
    private const int BlockSize = 2048;

    /// <summary>Aggregates of every customer with a purchase in <c>[origin, cutoff)</c>; nothing on or after the cutoff is looked at.</summary>
    /// <param name="log">The log.</param>
    /// <param name="window">What is known; its future plays no part.</param>
    /// <param name="catalogue">The aggregates wanted; a column that the log lacks gives missing values.</param>
    /// <param name="options">Returns policy, threads and range of customers.</param>
    /// <param name="cancellation">Stops between blocks of customers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threads or customers of the options lie outside their range.</exception>
    public static CustomerAggregates Compute(TransactionLog log, ObservationWindow window, AggregateCatalogue catalogue, AggregatorOptions options, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        AggregationPlan plan = new(catalogue, log, window);
        (int[] population, int returnsOnly) = FindPopulation(log, plan, options.Customers);
        double[][] columns = new double[catalogue.Count][];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = GC.AllocateUninitializedArray<double>(population.Length);

        int blocks = (population.Length + BlockSize - 1) / BlockSize;
        double[] unmatched = new double[population.Length == 0 ? 0 : blocks];
        int[] unmatchedCustomers = new int[unmatched.Length];
        if (blocks <= 1)
            GatherBlock(0, new DayLedger(), new WindowSums(log, plan, options.Returns));
        else
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
                () => (Ledger: new DayLedger(), Sums: new WindowSums(log, plan, options.Returns)),
                (block, _, scratch) =>
                {
                    GatherBlock(block, scratch.Ledger, scratch.Sums);
                    return scratch;
                },
                _ => { });
        return new CustomerAggregates(window, catalogue, options.Returns, log.Customers, population, columns,
            new UnmatchedReturns(unmatchedCustomers.Sum(), unmatched.Sum(), returnsOnly), ColumnFindings.Of(log, catalogue));

        void GatherBlock(int block, DayLedger ledger, WindowSums sums)
        {
            int[] sources = plan.Layout.Sources;
            int end = Math.Min(population.Length, (block + 1) * BlockSize);
            for (int i = block * BlockSize; i < end; i++)
            {
                (int from, int to) = RowsBefore(log, population[i], plan);
                ledger.Fill(log, from, to, options.Returns);
                sums.Gather(ledger);
                double[] values = sums.Values;
                for (int column = 0; column < columns.Length; column++)
                    columns[column][i] = values[sources[column]];
                if (ledger.Unmatched > 0)
                {
                    unmatched[block] += ledger.Unmatched;
                    unmatchedCustomers[block]++;
                }
            }
        }
    }

    /// <summary>Rows of a customer within the known past.</summary>
    private static (int From, int To) RowsBefore(TransactionLog log, int customer, AggregationPlan plan)
    {
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        return DayRange.Within(log.Days, offsets[customer], offsets[customer + 1], plan.Origin, plan.Cutoff);
    }

    private static (int[] Population, int ReturnsOnly) FindPopulation(TransactionLog log, AggregationPlan plan, Range customers)
    {
        (int first, int count) = customers.GetOffsetAndLength(log.CustomerCount);
        ReadOnlySpan<double> amounts = log.Amounts;
        List<int> population = new(count);
        int returnsOnly = 0;
        for (int customer = first; customer < first + count; customer++)
        {
            (int from, int to) = RowsBefore(log, customer, plan);
            int row = from;
            while (row < to && amounts[row] < 0)
                row++;
            if (row < to)
                population.Add(customer);
            else if (from < to)
                returnsOnly++;
        }
        return ([.. population], returnsOnly);
    }
}
