using System.Runtime.CompilerServices;

namespace CustomerValue.Boosting;

/// <summary>Why a model scores as it does: exact contributions of the features.</summary>
public static class BoosterExplanations
{
    /// <summary>What explaining needs of a model is worked out once and lives as long as the model.</summary>
    private static readonly ConditionalWeakTable<Booster, Explainer> s_explainers = [];

    extension(Booster model)
    {
        /// <summary>Values a row of <see cref="Contributions(Booster, BoostingData, Span{double}, ReadOnlySpan{double})"/>: a value a feature and one for the start, for each output.</summary>
        public int ContributionsWidth => (model.Features.Count + 1) * model.Objective.Outputs;
    }

    /// <summary>How much each feature moves each row's raw score: exact path-dependent SHAP values, which add up to the raw score.</summary>
    /// <remarks>Lundberg et al. (2020). Agrees with XGBoost's <c>pred_contribs</c> for the same trees.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="data">As for <see cref="Booster.PredictRaw(BoostingData, Span{double}, ReadOnlySpan{double})"/>; one row is as good as many.</param>
    /// <param name="contributions">Receives <c>ContributionsWidth</c> values a row: output after output, the features in order, then the start with the mean of the trees.</param>
    /// <param name="baseMargins">Starting scores; they go into the last value.</param>
    public static void Contributions(this Booster model, BoostingData data, Span<double> contributions, ReadOnlySpan<double> baseMargins = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        Booster.CheckLength(contributions.Length, data.RowCount, model.ContributionsWidth, nameof(contributions));
        model.CheckBaseMargins(data, baseMargins);
        ExplainerOf(model).Explain(ColumnAlignment.ToModel(model.Features, data), data.RowCount, contributions, baseMargins);
    }

    /// <summary>The same of one row, equal to the last bit to the same row in a table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="row">A value a feature in the order of <see cref="Booster.Features"/>; NaN is missing; level codes as by <see cref="ModelFeature.CodeOf"/>.</param>
    /// <param name="contributions">Receives <c>ContributionsWidth</c> values, as above.</param>
    /// <param name="baseMargins">Starting scores, one an output; required where <see cref="Booster.ExpectsBaseMargins"/>.</param>
    public static void Contributions(this Booster model, ReadOnlySpan<float> row, Span<double> contributions, ReadOnlySpan<double> baseMargins = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (row.Length != model.Features.Count)
            throw new FeatureMismatchException($"The row has {row.Length} values, the model expects {model.Features.Count}.");
        Booster.CheckLength(contributions.Length, 1, model.ContributionsWidth, nameof(contributions));
        if (!baseMargins.IsEmpty)
            Booster.CheckLength(baseMargins.Length, 1, model.Objective.Outputs, nameof(baseMargins));
        else if (model.ExpectsBaseMargins)
            throw new ArgumentException("This model was trained from base margins; give one for the row to be explained.", nameof(baseMargins));
        ExplainerOf(model).ExplainRow(row, contributions, baseMargins);
    }

    private static Explainer ExplainerOf(Booster model) => s_explainers.GetValue(model, booster => new(booster.Trees, booster.Features, booster.Start.ToArray()));
}
