using CustomerValue.MLNet.Views;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace CustomerValue.MLNet.Trees;

/// <summary>The trees of a fitted pipeline and the slots they split.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Weights">Weight of each.</param>
/// <param name="Bias">What is added to their sum.</param>
/// <param name="Slots">What each slot of their vector holds of which feature.</param>
internal sealed record Forest(IReadOnlyList<RegressionTreeBase> Trees, IReadOnlyList<double> Weights, double Bias, TreeSlot[] Slots)
{
    /// <summary>Names of vectors made from <see cref="FeatureColumns.Vector"/>: the values, 0 where missing, and flags of those that were missing. A pipeline that names its own so can be taken apart.</summary>
    public const string Filled = "Filled", Missing = "Missing";

    /// <summary>The forest that a pipeline ends in.</summary>
    /// <param name="fitted">The pipeline.</param>
    /// <param name="features">What it was given.</param>
    /// <returns>Null where it ends in something else, or its slots cannot be told by their names.</returns>
    public static Forest? Of(ITransformer fitted, FeatureColumns features)
    {
        ITransformer[] steps = [.. Flat(fitted)];
        if (steps.LastOrDefault() is not ISingleFeaturePredictionTransformer<object> last)
            return null;
        DataViewSchema schema = features.ToSchema();
        foreach (ITransformer step in steps[..^1])
            schema = step.GetOutputSchema(schema);
        if (schema.GetColumnOrNull(last.FeatureColumnName) is not { } vector || SlotsOf(vector, features) is not { } slots)
            return null;
        return ModelOf(last.Model) switch
        {
            TreeEnsembleModelParametersBasedOnRegressionTree trees => new([.. trees.TrainedTreeEnsemble.Trees], trees.TrainedTreeEnsemble.TreeWeights, trees.TrainedTreeEnsemble.Bias, slots),
            TreeEnsembleModelParametersBasedOnQuantileRegressionTree trees => new([.. trees.TrainedTreeEnsemble.Trees], trees.TrainedTreeEnsemble.TreeWeights, trees.TrainedTreeEnsemble.Bias, slots),
            _ => null,
        };
    }

    private static IEnumerable<ITransformer> Flat(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flat) : [transformer];

    private static object ModelOf(object model) => model is CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> calibrated ? calibrated.SubModel : model;

    private static TreeSlot[]? SlotsOf(DataViewSchema.Column vector, FeatureColumns features)
    {
        if (!vector.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        vector.GetSlotNames(ref names);
        Dictionary<string, TreeSlot> known = new(StringComparer.Ordinal);
        foreach (FeatureSlot slot in features.Slots)
        {
            known[slot.Name] = known[$"{Filled}.{slot.Name}"] = slot.Level is { } level ? new(slot.Feature, SlotKind.Level, level) : new(slot.Feature, SlotKind.Value, 0);
            if (slot.Level is null)
                known[$"{Filled}.{slot.Name}"] = new(slot.Feature, SlotKind.Filled, 0);
            known[$"{Missing}.{slot.Name}"] = slot.Level is null ? new(slot.Feature, SlotKind.Missing, 0) : new(slot.Feature, SlotKind.Level, -1); // levels are never NaN
        }
        TreeSlot?[] slots = [.. names.DenseValues().Select(name => known.TryGetValue(name.ToString(), out TreeSlot slot) ? slot : (TreeSlot?)null)];
        return slots.Contains(null) ? null : [.. slots.Select(slot => slot!.Value)];
    }
}
