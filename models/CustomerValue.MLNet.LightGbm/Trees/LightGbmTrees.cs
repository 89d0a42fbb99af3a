using CustomerValue.Boosting;
using CustomerValue.MLNet.Views;
using Microsoft.ML;

namespace CustomerValue.MLNet.LightGbm.Trees;

/// <summary>The house's trees as ML.NET's own model type: they go over as LightGBM's text, which ML.NET reads without LightGBM's native part.</summary>
internal static class LightGbmTrees
{
    /// <summary>
    /// ML.NET keeps "missing goes right" as a default value of the threshold and one, in single precision: from 2^24 on that is the threshold itself, and missing goes left. So vectors whose
    /// thresholds come near it are multiplied by a power of two first, which moves no comparison.
    /// </summary>
    private const double MostThreshold = 1 << 23;

    /// <summary>Adds the raw score of trees to a chain, as the column <c>Score</c>.</summary>
    /// <param name="context">ML.NET's context.</param>
    /// <param name="chain">What comes before.</param>
    /// <param name="booster">The trees; a categorical feature is as many slots as it has levels.</param>
    /// <param name="vector">The column with their features.</param>
    public static void AddScore(MLContext context, Links chain, Booster booster, string vector)
    {
        double scale = ScaleOf(booster);
        string asked = vector;
        if (scale != 1)
        {
            asked = vector + ".scaled";
            chain.Add(context.Transforms.Expression(asked, $"value : value * {Text.Single(scale)}", vector));
        }
        using MemoryStream text = new();
        booster.SaveLightGbmSlots(text, scale);
        chain.Add(context.Regression.Trainers.LightGbm(text, featureColumnName: asked));
    }

    private static double ScaleOf(Booster booster)
    {
        float most = booster.Outlines().SelectMany(tree => tree.Nodes).Where(node => !node.IsLeaf).Select(node => MathF.Abs(node.Threshold)).DefaultIfEmpty(0).Max();
        return most < MostThreshold ? 1 : Math.ScaleB(1, 22 - Math.ILogB(most));
    }
}
