using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using Microsoft.ML;

namespace CustomerValue.MLNet.Trees;

/// <summary>A pipeline's trees in the house's format, where they then answer as the pipeline does: that is tried, not assumed.</summary>
internal static class ConvertedTrees
{
    /// <summary>What single precision leaves of a score of a few hundred trees, relative to 1 or the answer.</summary>
    private const double Rounding = 1e-5;

    /// <param name="target">What it answers.</param>
    /// <param name="fitted">The pipeline.</param>
    /// <param name="scale">Factor of its score.</param>
    /// <param name="shift">What is added to it.</param>
    /// <param name="features">What the pipeline was given.</param>
    /// <param name="learnt">The rows it was fitted on.</param>
    /// <param name="tried">Other rows.</param>
    /// <param name="answers">What the pipeline answers for these.</param>
    /// <returns>Null where they are no trees, or would answer otherwise.</returns>
    public static BoostedTarget? Of(Target target, ITransformer fitted, double scale, double shift, FeatureColumns features, FeatureTable learnt, FeatureTable tried, Forecast answers)
    {
        if (Forest.Of(fitted, features) is not { } forest)
            return null;
        double[] wanted = target switch { Target.Churn => answers.ChurnProbability, Target.Purchases => answers.ExpectedPurchases, _ => answers.ExpectedSpend };
        // A score of churn is the sum of the trees, or their mean; one of purchases and spend is the exponential of the sum.
        (double Scale, double Shift)[] readings = target == Target.Churn ? [(scale, shift), (scale / forest.Trees.Count, shift)] : scale > 0 ? [(1, Math.Log(scale))] : [];
        foreach ((double factor, double start) in readings)
            if (Try(() => ForestConverter.Convert(target, forest, factor, start, [learnt])) is { } booster && Agrees(booster, tried, wanted))
                return new BoostedTarget(target, [booster]);
        return null;
    }

    private static Booster? Try(Func<Booster> convert)
    {
        try
        {
            return convert();
        }
        catch (Exception error) when (error is NotSupportedException or InvalidModelException or ArgumentException)
        {
            return null; // the zip answers, and reasons come from asking it
        }
    }

    private static bool Agrees(Booster booster, FeatureTable table, double[] wanted)
    {
        double[] found = new double[table.RowCount];
        booster.Predict(new BoostingData([.. table.Schema.Features.Select((feature, f) => feature.Kind == FeatureKind.Categorical
            ? FeatureColumn.Categorical(feature.Name, table.Column(f).ToArray(), feature.Levels) : FeatureColumn.Numeric(feature.Name, table.Column(f).ToArray()))]), found);
        for (int i = 0; i < found.Length; i++)
            if (!(Math.Abs(found[i] - wanted[i]) <= Rounding * Math.Max(1, Math.Abs(wanted[i]))))
                return false;
        return true;
    }
}
