using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>The naive rule of budgets: everyone goes on spending as much a day as so far, and buys as often as the average customer.</summary>
/// <param name="purchasesADay">Repeat purchases a day of the average customer.</param>
internal sealed class MeanSpend(double purchasesADay) : ICustomerModel
{
    private const string FileName = "mean-spend.json";

    /// <inheritdoc/>
    public string Name => "mean-spend";

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"mean-spend: own spend a day so far; {purchasesADay * DaysIn.Year:0.##} purchases a year for everyone");

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon)
    {
        Forecast forecast = new(snapshot.Count);
        forecast.ChurnProbability.AsSpan().Fill(Math.Exp(-purchasesADay * horizon.Days));
        forecast.ExpectedPurchases.AsSpan().Fill(purchasesADay * horizon.Days);
        ReadOnlySpan<double> age = snapshot.Aggregates.T, spend = snapshot.Aggregates.TotalSpend;
        for (int i = 0; i < age.Length; i++)
            forecast.ExpectedSpend[i] = horizon.Days * Math.Max(spend[i], 0) / Math.Max(age[i] + 1, horizon.Days);
        return forecast;
    }

    /// <inheritdoc/>
    public AnswerFormulas Formulas(FormulaInputs inputs) => new(Math.Exp(-purchasesADay * inputs.HorizonDays), purchasesADay * inputs.HorizonDays,
        inputs.HorizonDays * Formula.Max(inputs.TotalSpend, 0) / Formula.Max(inputs.Age + 1, inputs.HorizonDays));

    /// <inheritdoc/>
    public void Save(VersionWriter writer) => writer.WriteJson(FileName, purchasesADay);

    /// <summary>Learns the average customer's rate.</summary>
    public sealed class Trainer : ICandidateTrainer
    {
        /// <summary>Purchases added to those seen: none of n is not never (Jeffreys' prior of a Poisson rate).</summary>
        private const double Unseen = 0.5;

        /// <inheritdoc/>
        public string Name => "mean-spend";

        /// <inheritdoc/>
        public bool IsBaseline => true;

        /// <inheritdoc/>
        public string? WhyNot(TrainingSet training) => null;

        /// <inheritdoc/>
        public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
        {
            double purchases = Unseen, days = 0;
            foreach (double x in training.Latest.Aggregates.X)
                purchases += x;
            foreach (double age in training.Latest.Aggregates.T)
                days += age + 1;
            return new FittedCandidate(new MeanSpend(purchases / days), []);
        }

        /// <inheritdoc/>
        public ICustomerModel Read(VersionReader reader) => new MeanSpend(reader.ReadJson<double>(FileName));
    }
}
