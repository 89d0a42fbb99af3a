using System.Text.Json;
using CustomerValue.Data.Features;

namespace CustomerValue.MLNet.Trees;

/// <summary>One tree in XGBoost's JSON format: arrays over places, splits first, then leaves.</summary>
internal static class GrownJson
{
    public static void Write(Utf8JsonWriter json, Grown tree, double weight, FeatureSchema schema)
    {
        int[] splits = [.. Enumerable.Range(0, tree.Splits)], leaves = [.. Enumerable.Range(0, tree.Leaves)];
        float[] values = [.. leaves.Select(leaf => (float)(tree.Value(leaf) * weight))];
        bool[] bySet = [.. splits.Select(split => schema.Features[tree.Feature(split)].Kind == FeatureKind.Categorical)];
        int[][] right = [.. splits.Where(split => bySet[split]).Select(split => RightLevels(tree, split, schema))];

        json.WriteStartObject();
        Ints(json, "left_children", [.. splits.Select(tree.Left), .. leaves.Select(_ => -1)]);
        Ints(json, "right_children", [.. splits.Select(tree.Right), .. leaves.Select(_ => -1)]);
        Ints(json, "split_indices", [.. splits.Select(tree.Feature), .. leaves.Select(_ => 0)]);
        Floats(json, "split_conditions", [.. splits.Select(split => bySet[split] ? 0 : Bound(tree, split)), .. values]);
        Ints(json, "default_left", [.. splits.Select(split => tree.GoesLeft(split, float.NaN) ? 1 : 0), .. leaves.Select(_ => 0)]);
        Floats(json, "base_weights", [.. splits.Select(_ => 0f), .. values]);
        Floats(json, "loss_changes", [.. splits.Select(tree.Gain), .. leaves.Select(_ => 0f)]);
        Floats(json, "sum_hessian", [.. tree.Covers.Select(cover => (float)cover)]);
        Ints(json, "split_type", [.. bySet.Select(set => set ? 1 : 0), .. leaves.Select(_ => 0)]);
        Ints(json, "categories", [.. right.SelectMany(levels => levels)]);
        Ints(json, "categories_nodes", [.. splits.Where(split => bySet[split])]);
        Ints(json, "categories_sizes", [.. right.Select(levels => levels.Length)]);
        Ints(json, "categories_segments", [.. right.Select((_, i) => right.Take(i).Sum(levels => levels.Length))]);
        json.WriteEndObject();
    }

    /// <summary>Values below it go left. All values that are there go one way where the split asks for missing ones.</summary>
    private static float Bound(Grown tree, int split) =>
        tree.AsksForMissing(split) ? tree.GoesLeft(split, 0) ? float.MaxValue : float.MinValue
        : Math.Clamp(MathF.BitIncrement(tree.Threshold(split)), float.MinValue, float.MaxValue);

    private static int[] RightLevels(Grown tree, int split, FeatureSchema schema) =>
        [.. Enumerable.Range(0, schema.Features[tree.Feature(split)].Levels.Count).Where(level => !tree.GoesLeft(split, level))];

    private static void Ints(Utf8JsonWriter json, string name, int[] values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Floats(Utf8JsonWriter json, string name, float[] values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
