using System.Text.Json;
using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.MLNet.Trees;

/// <summary>Writes ML.NET's forest as a model of the house's booster, which scores it fast and explains it exactly.</summary>
/// <remarks>
/// The way goes through XGBoost's JSON format, which the booster reads with every check on hostile files. ML.NET sends values up to the threshold left,
/// the booster values below it: the threshold becomes the next float. A split on "was missing" becomes one that sends all values one way. Leaves are
/// rounded from double to float, which costs less than 1e-6 of a raw score. Covers, which SHAP values need and ML.NET does not keep, are counted anew.
/// </remarks>
internal static class ForestConverter
{
    /// <param name="target">What the forest predicts.</param>
    /// <param name="forest">The forest.</param>
    /// <param name="scale">What log odds or log mean are of the ensemble's sum.</param>
    /// <param name="shift">What is added to them.</param>
    /// <param name="tables">The training rows.</param>
    /// <exception cref="NotSupportedException">It splits by sets of slots.</exception>
    /// <exception cref="InvalidModelException">The booster does not take it.</exception>
    public static Booster Convert(Target target, Forest forest, double scale, double shift, IReadOnlyList<FeatureTable> tables)
    {
        FeatureSchema schema = tables[0].Schema;
        Grown[] trees = [.. forest.Trees.Select(tree => new Grown(tree, forest.Slots))];
        CountCovers(trees, tables);
        using MemoryStream file = new();
        using (Utf8JsonWriter json = new(file))
            Write(json, target, schema, trees, [.. forest.Weights.Select(weight => weight * scale)], forest.Bias * scale + shift);
        file.Position = 0;
        return Booster.LoadXgboost(file);
    }

    /// <summary>Names the objective in the file; only its log link matters to a score.</summary>
    private const double SpendIndex = 1.7;

    private static void CountCovers(Grown[] trees, IReadOnlyList<FeatureTable> tables)
    {
        float[] row = new float[tables[0].Schema.Count];
        foreach (FeatureTable table in tables)
            for (int i = 0; i < table.RowCount; i++)
            {
                table.Row(i, row);
                foreach (Grown tree in trees)
                    tree.Count(row);
            }
    }

    private static void Write(Utf8JsonWriter json, Target target, FeatureSchema schema, Grown[] trees, double[] weights, double start)
    {
        double response = target == Target.Churn ? 1 / (1 + Math.Exp(-start)) : Math.Exp(start);
        json.WriteStartObject();
        json.WriteStartObject("learner");
        json.WriteStartArray("feature_names");
        foreach (FeatureDefinition feature in schema.Features)
            json.WriteStringValue(feature.Name);
        json.WriteEndArray();
        json.WriteStartArray("feature_types");
        foreach (FeatureDefinition feature in schema.Features)
            json.WriteStringValue(feature.Kind == FeatureKind.Categorical ? "c" : "float");
        json.WriteEndArray();
        json.WriteStartObject("attributes");
        json.WriteString("customer_value_levels", JsonSerializer.Serialize(schema.Features.Where(feature => feature.Kind == FeatureKind.Categorical)
            .ToDictionary(feature => feature.Name, feature => feature.Levels)));
        json.WriteEndObject();
        json.WriteStartObject("learner_model_param");
        json.WriteString("base_score", response.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("num_feature", schema.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteStartObject("objective");
        json.WriteString("name", target switch { Target.Churn => "binary:logistic", Target.Purchases => "count:poisson", _ => "reg:tweedie" });
        json.WriteStartObject("tweedie_regression_param");
        json.WriteString("tweedie_variance_power", SpendIndex.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("gradient_booster");
        json.WriteString("name", "gbtree");
        json.WriteStartObject("model");
        json.WriteStartArray("trees");
        for (int t = 0; t < trees.Length; t++)
            GrownJson.Write(json, trees[t], weights[t], schema);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
