using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>A weighted mean of models: churn in log-odds, purchases and spend as they are.</summary>
/// <remarks>For candidates that a validation origin could not judge: a prior weight instead of nothing, since combinations near equal weights seldom lose (Bates and Granger 1969).</remarks>
/// <param name="parts">At least one.</param>
/// <param name="weights">A share a part; they sum to 1.</param>
public sealed class AverageModel(IReadOnlyList<ICustomerModel> parts, IReadOnlyList<double> weights) : ICombination
{
    /// <summary>Name of the average in reports and files.</summary>
    public const string CandidateName = "average";

    private const string FileName = "average.json";

    /// <inheritdoc/>
    public string Name => CandidateName;

    /// <summary>What is averaged; the first part is what was chosen among those that could be judged.</summary>
    public IReadOnlyList<ICustomerModel> Parts => parts;

    /// <summary>Share of each part.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <inheritdoc/>
    public string Description => $"average of {string.Join(", ", parts.Select((part, i) => FormattableString.Invariant($"{part.Name} ({weights[i]:0.##})")))}; {string.Join("; ", parts.Select(part => part.Description))}";

    /// <inheritdoc/>
    public double Tolerance => parts.Max(part => part.Tolerance);

    /// <inheritdoc/>
    public double LogSpendLevel(DateOnly asOf) => parts.Select((part, i) => weights[i] * part.LogSpendLevel(asOf)).Sum();

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon) => ((ICombination)this).Combine(new Predictions(snapshot, horizon));

    Forecast ICombination.Combine(Predictions said)
    {
        Forecast mean = new(said.Snapshot.Count);
        double[] logits = new double[mean.Count];
        for (int part = 0; part < parts.Count; part++)
        {
            Forecast forecast = said.Raw(parts[part]);
            double weight = weights[part];
            for (int i = 0; i < logits.Length; i++)
            {
                logits[i] += weight * Logit.OfInside(forecast.ChurnProbability[i]);
                mean.ExpectedPurchases[i] += weight * forecast.ExpectedPurchases[i];
                mean.ExpectedSpend[i] += weight * forecast.ExpectedSpend[i];
            }
        }
        for (int i = 0; i < logits.Length; i++)
            mean.ChurnProbability[i] = Logit.Probability(logits[i]);
        return mean;
    }

    /// <inheritdoc/>
    public AnswerFormulas? Formulas(FormulaInputs inputs)
    {
        AnswerFormulas?[] answers = [.. parts.Select(part => part.Formulas(inputs))];
        return answers.Contains(null) ? null : new AnswerFormulas(
            Formula.Probability(Mean(answer => Formula.LogitInside(answer.Churn, Logit.Inside))), Mean(answer => answer.Purchases), Mean(answer => answer.Spend));

        Formula Mean(Func<AnswerFormulas, Formula> of) => answers.Select((answer, part) => weights[part] * of(answer!)).Aggregate((sum, next) => sum + next);
    }

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
        writer.WriteJson(FileName, new Saved([.. parts.Select(part => part.Name)], [.. weights]));
        foreach (ICustomerModel part in parts)
            part.Save(writer);
    }

    internal static AverageModel Read(CandidateCatalogue candidates, VersionReader reader)
    {
        Saved saved = reader.ReadJson<Saved>(FileName);
        if (saved.Parts.Length == 0 || saved.Parts.Length != saved.Weights.Length || saved.Parts.Contains(CandidateName))
            throw new ModelStoreException($"{FileName} of version {reader.Manifest.Version}: found {saved.Parts.Length} parts and {saved.Weights.Length} weights, expected as many of both and no average among them. Train the version again.");
        return new AverageModel([.. saved.Parts.Select(name => candidates.Read(name, reader))], saved.Weights);
    }

    private sealed record Saved(string[] Parts, double[] Weights);
}
