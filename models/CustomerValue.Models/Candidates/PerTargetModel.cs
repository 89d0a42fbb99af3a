using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>One candidate for churn, one for purchases, one for spend: what the race chose for each.</summary>
/// <param name="churn">Answers churn.</param>
/// <param name="purchases">Answers purchases.</param>
/// <param name="spend">Answers spend.</param>
public sealed class PerTargetModel(ICustomerModel churn, ICustomerModel purchases, ICustomerModel spend) : ICombination
{
    /// <summary>Name of the combination in reports and files.</summary>
    public const string CandidateName = "per-target";

    private const string FileName = "per-target.json";

    /// <inheritdoc/>
    public string Name => CandidateName;

    /// <inheritdoc/>
    public string Description => $"per-target: churn by {churn.Name}, purchases by {purchases.Name}, spend by {spend.Name}; {string.Join("; ", new[] { churn, purchases, spend }.Distinct().Select(model => model.Description))}";

    /// <summary>Answers churn.</summary>
    public ICustomerModel Churn => churn;

    /// <summary>Answers purchases.</summary>
    public ICustomerModel Purchases => purchases;

    /// <summary>Answers spend.</summary>
    public ICustomerModel Spend => spend;

    /// <inheritdoc/>
    public double LogSpendLevel(DateOnly asOf) => spend.LogSpendLevel(asOf);

    /// <inheritdoc/>
    public double Tolerance => Math.Max(Math.Max(churn.Tolerance, purchases.Tolerance), spend.Tolerance);

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon) => ((ICombination)this).Combine(new Predictions(snapshot, horizon));

    Forecast ICombination.Combine(Predictions said) => Combine(said.Raw(churn), said.Raw(purchases), said.Raw(spend));

    /// <summary>What a chosen model, or the parts of a combination per target, said in a validation race, as a forecast of its own; of an average, what the part said that could be judged; of a blend that did not run there, its parts that did.</summary>
    internal static Forecast ForecastIn(Validation validation, ICustomerModel model) => model is AverageModel average ? ForecastIn(validation, average.Parts[0])
        : model is Blend blend && !validation.Forecasts.ContainsKey(blend.Name) ? blend.MixedAt(validation)
        : model is PerTargetModel parts
        ? Combine(validation.Forecasts[parts.Churn.Name], validation.Forecasts[parts.Purchases.Name], validation.Forecasts[parts.Spend.Name])
        : validation.Forecasts[model.Name].Copy();

    internal static Forecast Combine(Forecast churn, Forecast purchases, Forecast spend)
    {
        Forecast combined = new(churn.Count);
        churn.ChurnProbability.CopyTo(combined.ChurnProbability, 0);
        purchases.ExpectedPurchases.CopyTo(combined.ExpectedPurchases, 0);
        spend.ExpectedSpend.CopyTo(combined.ExpectedSpend, 0);
        return combined;
    }

    /// <inheritdoc/>
    public AnswerFormulas? Formulas(FormulaInputs inputs) =>
        churn.Formulas(inputs) is { } first && purchases.Formulas(inputs) is { } second && spend.Formulas(inputs) is { } third
            ? new AnswerFormulas(first.Churn, second.Purchases, third.Spend) : null;

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
        writer.WriteJson(FileName, new Saved(churn.Name, purchases.Name, spend.Name));
        foreach (ICustomerModel model in new[] { churn, purchases, spend }.Distinct())
            model.Save(writer);
    }

    internal static PerTargetModel Read(CandidateCatalogue candidates, VersionReader reader)
    {
        Saved saved = reader.ReadJson<Saved>(FileName);
        Dictionary<string, ICustomerModel> models = new(StringComparer.Ordinal);
        foreach (string name in new[] { saved.Churn, saved.Purchases, saved.Spend })
            if (!models.ContainsKey(name))
                models.Add(name, candidates.Read(name, reader));
        return new PerTargetModel(models[saved.Churn], models[saved.Purchases], models[saved.Spend]);
    }

    private sealed record Saved(string Churn, string Purchases, string Spend);
}
