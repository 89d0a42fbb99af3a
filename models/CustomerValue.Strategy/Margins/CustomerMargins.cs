using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Values;

/// <summary>Margin of every customer so far and in the last 365 days, from the best source each customer has.</summary>
internal sealed class CustomerMargins
{
    private CustomerMargins(int count) => (All, Year, Source) = (new double[count], new double[count], new MarginSource[count]);

    public double[] All { get; }

    public double[] Year { get; }

    public MarginSource[] Source { get; }

    public static CustomerMargins Of(TransactionLog log, CustomerAggregates aggregates, MarginOptions options)
    {
        CustomerMargins margins = new(aggregates.Count);
        ReadOnlySpan<double> known = aggregates.Margin, knownYear = aggregates.TryColumn("margin_sum_365d");
        ReadOnlySpan<double> spend = aggregates.TotalSpend, yearSpend = aggregates["spend_sum_365d"];
        CategoryRates? categories = options.CategoryRates.Count > 0 && log.Categories.Length > 0 ? new CategoryRates(log, options, aggregates.Window.Cutoff) : null;
        for (int i = 0; i < margins.All.Length; i++)
        {
            if (known.Length > 0 && double.IsFinite(known[i]))
            {
                margins.All[i] = known[i];
                margins.Year[i] = knownYear.Length > 0 && double.IsFinite(knownYear[i]) ? knownYear[i] : 0;
                continue;
            }
            double rate = categories?.RateOf(aggregates.Population[i]) ?? options.DefaultRate;
            margins.Source[i] = categories is null ? MarginSource.DefaultRate : MarginSource.Categories;
            margins.All[i] = rate * spend[i];
            margins.Year[i] = rate * yearSpend[i];
        }
        return margins;
    }

    /// <summary>The mix of category rates by what a customer bought before the cutoff, returns left aside.</summary>
    private sealed class CategoryRates(TransactionLog log, MarginOptions options, DateOnly cutoff)
    {
        private readonly double[] _rates = [.. log.CategoryNames.Names.Select(name => options.CategoryRates.TryGetValue(name, out double rate) ? rate : options.DefaultRate)];

        public double RateOf(int customer)
        {
            (int first, int end) = (log.Offsets.Span[customer], log.Offsets.Span[customer + 1]);
            int cutoffDay = cutoff.DayNumber - log.FirstDay.DayNumber;
            double bought = 0, margin = 0;
            for (int row = first; row < end && log.Days[row] < cutoffDay; row++)
            {
                double amount = Math.Max(0, log.Amounts[row]);
                ushort category = log.Categories[row];
                bought += amount;
                margin += amount * (category < _rates.Length ? _rates[category] : options.DefaultRate);
            }
            return bought > 0 ? margin / bought : options.DefaultRate;
        }
    }
}
