using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>The naive rule of practice: whoever bought lately will buy again, at the rate and for the amount seen so far.</summary>
/// <remarks>
/// Churn is <c>s / (s + h)</c> for a customer silent for s days (Lindy's law: a silence lasts as long again as it has lasted), purchases are
/// <c>h x / T</c>, spend is that times the mean purchase. Nothing is fitted.
/// </remarks>
internal sealed class RecencyRule : ICandidateTrainer, ICustomerModel
{
    /// <inheritdoc cref="ICandidateTrainer.Name"/>
    public string Name => "recency-rule";

    /// <inheritdoc/>
    public bool IsBaseline => true;

    /// <inheritdoc/>
    public string Description => "recency-rule: silence lasts as long again as it has lasted; rate x/T, mean purchase so far";

    /// <inheritdoc/>
    public string? WhyNot(TrainingSet training) => null;

    /// <inheritdoc/>
    public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation) => new(this, []);

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon)
    {
        Forecast forecast = new(snapshot.Count);
        ReadOnlySpan<double> x = snapshot.Aggregates.X, tx = snapshot.Aggregates.Tx, age = snapshot.Aggregates.T, spend = snapshot.Aggregates.TotalSpend;
        for (int i = 0; i < x.Length; i++)
        {
            double silent = age[i] - tx[i] + 1;
            forecast.ChurnProbability[i] = silent / (silent + horizon.Days);
            forecast.ExpectedPurchases[i] = horizon.Days * x[i] / Math.Max(age[i], 1);
            forecast.ExpectedSpend[i] = forecast.ExpectedPurchases[i] * Math.Max(spend[i], 0) / (x[i] + 1);
        }
        return forecast;
    }

    /// <inheritdoc/>
    public AnswerFormulas Formulas(FormulaInputs inputs)
    {
        Formula silent = inputs.Age - inputs.Tx + 1, purchases = inputs.HorizonDays * inputs.X / Formula.Max(inputs.Age, 1);
        return new AnswerFormulas(silent / (silent + inputs.HorizonDays), purchases, purchases * Formula.Max(inputs.TotalSpend, 0) / (inputs.X + 1));
    }

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
    }

    /// <inheritdoc/>
    public ICustomerModel Read(VersionReader reader) => this;
}
