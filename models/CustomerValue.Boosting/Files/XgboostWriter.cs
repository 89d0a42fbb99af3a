using System.Globalization;
using System.Text.Json;

namespace CustomerValue.Boosting;

/// <summary>Writes XGBoost's JSON model format as of version 1.7.</summary>
internal sealed class XgboostWriter(Utf8JsonWriter json, Booster model)
{
    /// <summary>Attribute that carries the names of levels, which XGBoost's format has no place for.</summary>
    public const string LevelsAttribute = "customer_value_levels";

    public static void Write(Booster model, Stream stream)
    {
        (string Name, (string Block, string Parameter, string Value)? Parameters) objective = XgboostObjective.NameOf(model.Objective);
        using Utf8JsonWriter json = new(stream);
        new XgboostWriter(json, model).Write(objective.Name, objective.Parameters);
    }

    private void Write(string objective, (string Block, string Parameter, string Value)? parameters)
    {
        json.WriteStartObject();
        json.WriteStartObject("learner");
        WriteAttributes();
        Strings("feature_names", model.Features.Select(feature => feature.Name));
        Strings("feature_types", model.Features.Select(feature => feature.Kind == ColumnKind.Categorical ? "c" : "float"));
        WriteTrees();
        json.WriteStartObject("learner_model_param");
        double start = model.ExpectsBaseMargins ? 0 : model.Start[0];
        json.WriteString("base_score", Text((float)XgboostObjective.BaseScore(model.Objective, start)));
        json.WriteString("num_class", "0");
        json.WriteString("num_feature", Number(model.Features.Count));
        json.WriteString("num_target", "1");
        json.WriteEndObject();
        json.WriteStartObject("objective");
        json.WriteString("name", objective);
        if (parameters is { } block)
        {
            json.WriteStartObject(block.Block);
            json.WriteString(block.Parameter, block.Value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        Numbers("version", [1, 7, 4]);
        json.WriteEndObject();
    }

    private void WriteAttributes()
    {
        json.WriteStartObject("attributes");
        Dictionary<string, IReadOnlyList<string>> levels = model.Features.Where(feature => feature.Kind == ColumnKind.Categorical)
            .ToDictionary(feature => feature.Name, feature => feature.Levels);
        if (levels.Count > 0)
            json.WriteString(LevelsAttribute, JsonSerializer.Serialize(levels));
        json.WriteEndObject();
    }

    private void WriteTrees()
    {
        json.WriteStartObject("gradient_booster");
        json.WriteStartObject("model");
        json.WriteStartObject("gbtree_model_param");
        json.WriteString("num_parallel_tree", "1");
        json.WriteString("num_trees", Number(model.Trees.Count));
        json.WriteString("size_leaf_vector", "0");
        json.WriteEndObject();
        Numbers("tree_info", model.Trees.Select(_ => 0));
        json.WriteStartArray("trees");
        for (int number = 0; number < model.Trees.Count; number++)
            WriteTree(model.Trees[number], number);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("name", "gbtree");
        json.WriteEndObject();
    }

    private void WriteTree(Tree tree, int number)
    {
        TreeNode[] nodes = tree.Nodes;
        int[] parents = new int[nodes.Length];
        parents[0] = int.MaxValue;
        for (int i = 0; i < nodes.Length; i++)
            if (!nodes[i].IsLeaf)
                parents[nodes[i].Left] = parents[nodes[i].Left + 1] = i;
        json.WriteStartObject();
        Floats("base_weights", nodes.Select(node => node.Value));
        WriteCategories(tree);
        Numbers("default_left", nodes.Select(node => !node.IsLeaf && node.MissingLeft ? 1 : 0));
        json.WriteNumber("id", number);
        Numbers("left_children", nodes.Select(node => node.IsLeaf ? -1 : node.Left));
        Floats("loss_changes", nodes.Select(node => node.Gain));
        Numbers("parents", parents);
        Numbers("right_children", nodes.Select(node => node.IsLeaf ? -1 : node.Left + 1));
        Floats("split_conditions", nodes.Select(node => node.IsLeaf ? node.Value : node.Threshold));
        Numbers("split_indices", nodes.Select(node => node.IsLeaf ? 0 : node.Feature));
        Numbers("split_type", nodes.Select(node => IsBySet(node) ? 1 : 0));
        Floats("sum_hessian", nodes.Select(node => node.Cover));
        json.WriteStartObject("tree_param");
        json.WriteString("num_deleted", "0");
        json.WriteString("num_feature", Number(model.Features.Count));
        json.WriteString("num_nodes", Number(nodes.Length));
        json.WriteString("size_leaf_vector", "0");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>For each split by levels, the codes that go right.</summary>
    private void WriteCategories(Tree tree)
    {
        List<int> categories = [], nodes = [], segments = [], sizes = [];
        for (int i = 0; i < tree.Nodes.Length; i++)
        {
            if (!IsBySet(tree.Nodes[i]))
                continue;
            nodes.Add(i);
            segments.Add(categories.Count);
            byte[] bins = model.Features[tree.Nodes[i].Feature].LevelBins;
            for (int code = 0; code < bins.Length; code++)
                if (tree.InSet(tree.Nodes[i].Set, bins[code]))
                    categories.Add(code);
            sizes.Add(categories.Count - segments[^1]);
        }
        Numbers("categories", categories);
        Numbers("categories_nodes", nodes);
        Numbers("categories_segments", segments);
        Numbers("categories_sizes", sizes);
    }

    private static bool IsBySet(TreeNode node) => !node.IsLeaf && node.Set != TreeNode.NoSet;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Strings(string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private void Numbers(string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private void Floats(string name, IEnumerable<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
            json.WriteRawValue(Text(value));
        json.WriteEndArray();
    }

    /// <summary>Nine digits and an exponent without leading zeros, as XGBoost writes them: its readers refuse or misread other spellings.</summary>
    private static string Text(double value) => value.ToString("0.########E-0", CultureInfo.InvariantCulture);
}
