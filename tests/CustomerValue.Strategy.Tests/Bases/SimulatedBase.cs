using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Simulation;

namespace CustomerValue.Strategy.Tests.Bases;

/// <summary>Simulated customers: three years to learn from, three years that show what came, and the true hidden rates.</summary>
internal sealed class SimulatedBase
{
    private const int PastDays = 1095, FutureDays = 1095;
    private const double AnnualDiscount = 0.10;
    private static readonly DateOnly s_start = new(2018, 1, 1);

    /// <summary>Small and quick.</summary>
    public static Lazy<SimulatedBase> Quick { get; } = new(() => new SimulatedBase(6000, 7, ScoredBase.QuickCandidates));

    public SimulatedBase(int customers, ulong seed, CandidateCatalogue candidates)
    {
        string folder = Directory.CreateTempSubdirectory("simulated").FullName;
        try
        {
            SimulationWriter.Write(folder, new SimulationOptions
            {
                Customers = customers,
                Start = s_start,
                Days = PastDays + FutureDays,
                AcquisitionDays = PastDays,
                Seed = seed,
                Threads = 2,
            });
            TransactionLog log = TransactionReader.Read([Path.Combine(folder, "transactions.csv")], new ReaderOptions { Threads = 2 }).Log;
            ScoredBase scored = ScoredBase.Train(log, Cutoff, 36, candidates);
            (CustomerAggregates aggregates, Input) = scored.At(Cutoff);
            (Realised, Expected, TrueYear, UnspentWallet, Alive) = (new double[Input.Count], new double[Input.Count], new double[Input.Count], new double[Input.Count], new bool[Input.Count]);
            Future(log, aggregates);
            Truth(Path.Combine(folder, "truth.csv"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static DateOnly Cutoff => s_start.AddDays(PastDays);

    public StrategyInput Input { get; }

    /// <summary>Discounted margin that really came in the three years after.</summary>
    public double[] Realised { get; }

    /// <summary>Its expectation by the true rates of those still alive.</summary>
    public double[] Expected { get; }

    /// <summary>True margin a year over the last 365 days, by the true rate while alive.</summary>
    public double[] TrueYear { get; }

    /// <summary>True spend a year elsewhere.</summary>
    public double[] UnspentWallet { get; }

    /// <summary>Whether the customer had not left at the cutoff.</summary>
    public bool[] Alive { get; }

    private void Future(TransactionLog log, CustomerAggregates aggregates)
    {
        int cutoff = Cutoff.DayNumber - log.FirstDay.DayNumber;
        for (int i = 0; i < aggregates.Count; i++)
            for (int row = log.Offsets.Span[aggregates.Population[i]]; row < log.Offsets.Span[aggregates.Population[i] + 1]; row++)
                if (log.Days[row] >= cutoff && log.Days[row] < cutoff + FutureDays && !float.IsNaN(log.Margins[row]))
                    Realised[i] += log.Margins[row] * Math.Pow(1 + AnnualDiscount, -(log.Days[row] - cutoff) / 365.25);
    }

    private void Truth(string file)
    {
        string[] lines = File.ReadAllLines(file), header = lines[0].Split(',');
        Dictionary<string, string[]> rows = lines.Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], StringComparer.Ordinal);
        int At(string name) => Array.IndexOf(header, name);
        for (int i = 0; i < Input.Count; i++)
        {
            string[] row = rows[Input.Ids[i]];
            double Number(string name) => double.Parse(row[At(name)], CultureInfo.InvariantCulture);
            double gone = row[At("dropout_date")] is { Length: > 0 } text ? DateOnly.Parse(text, CultureInfo.InvariantCulture).DayNumber - s_start.DayNumber : double.PositiveInfinity;
            double acquired = Number("acquired_day"), perDay = Number("purchase_rate") * Number("mean_order_value") * (1 - Number("return_share")) * Number("margin_share");
            double from = Math.Max(acquired, PastDays - 365), active = Math.Max(0, Math.Min(gone, PastDays) - from);
            TrueYear[i] = perDay * 365 * active / (PastDays - from);
            Alive[i] = gone > PastDays;
            double decay = Number("dropout") + Math.Log(1 + AnnualDiscount) / 365.25;
            Expected[i] = Alive[i] ? perDay * (1 - Math.Exp(-decay * FutureDays)) / decay : 0;
            UnspentWallet[i] = Number("unspent_wallet_per_year");
        }
    }
}
