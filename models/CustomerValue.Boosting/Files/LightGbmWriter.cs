using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CustomerValue.Boosting;

/// <summary>Writes LightGBM's text format, version 4.</summary>
/// <remarks>
/// There, values up to the threshold go left, and of a split by categories those in the set; a missing category always goes right. So a threshold is the float below ours, and the children
/// of a split whose missing categories go left change places. A start that is not zero is a tree of one leaf.
/// </remarks>
internal sealed class LightGbmWriter(Booster model, bool bySlots, double scale)
{
    private const int MissingIsNaN = 2 << 2, DefaultLeft = 2, IsCategorical = 1;

    private readonly int[] _slots = Slots(model);

    /// <param name="model">The model.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="bySlots">Whether a categorical feature is as many columns as it has levels, as in a vector that ML.NET makes.</param>
    /// <param name="scale">What the columns are multiplied by: a power of two.</param>
    public static void Write(Booster model, Stream stream, bool bySlots = false, double scale = 1) => stream.Write(Encoding.UTF8.GetBytes(new LightGbmWriter(model, bySlots, scale).Text()));

    private static int[] Slots(Booster model)
    {
        int[] slots = new int[model.Features.Count + 1];
        for (int f = 0; f < model.Features.Count; f++)
            slots[f + 1] = slots[f] + (model.Features[f].Kind == ColumnKind.Categorical ? model.Features[f].Levels.Count : 1);
        return slots;
    }

    private string Text()
    {
        string objective = LightGbmObjective.NameOf(model.Objective);
        List<string> trees = [];
        if (!model.ExpectsBaseMargins && model.Start[0] != 0)
            trees.Add(Leaf(trees.Count, model.Start[0]));
        foreach (Tree tree in model.Trees)
            trees.Add(tree.Nodes.Length == 1 ? Leaf(trees.Count, tree.Nodes[0].Value) : Grown(trees.Count, tree));
        string[] names = bySlots ? [.. Enumerable.Range(0, _slots[^1]).Select(slot => $"slot_{slot}")] : [.. model.Features.Select((feature, f) => Name(feature.Name, f))];
        StringBuilder text = new();
        text.Append("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n");
        text.Append(CultureInfo.InvariantCulture, $"max_feature_idx={names.Length - 1}\nobjective={objective}\nfeature_names={string.Join(' ', names)}\n");
        text.Append(CultureInfo.InvariantCulture, $"feature_infos={string.Join(' ', bySlots ? names.Select(_ => "none") : Infos())}\n");
        text.Append(CultureInfo.InvariantCulture, $"tree_sizes={string.Join(' ', trees.Select(tree => Encoding.UTF8.GetByteCount(tree)))}\n\n");
        foreach (string tree in trees)
            text.Append(tree);
        text.Append("end of trees\n\nfeature_importances:\n\nparameters:\n[boosting: gbdt]\n");
        text.Append(CultureInfo.InvariantCulture, $"[objective: {objective.Split(' ')[0]}]\n");
        text.Append(CultureInfo.InvariantCulture, $"[categorical_feature: {(bySlots ? "" : string.Join(',', Enumerable.Range(0, model.Features.Count).Where(f => model.Features[f].Kind == ColumnKind.Categorical)))}]\n");
        text.Append("end of parameters\n\n");
        if (!bySlots)
            text.Append(CultureInfo.InvariantCulture, $"pandas_categorical:{JsonSerializer.Serialize(model.Features.Where(feature => feature.Kind == ColumnKind.Categorical).Select(feature => feature.Levels))}\n");
        return text.ToString();
    }

    /// <summary>LightGBM takes no space and no sign of JSON in a name.</summary>
    private static string Name(string name, int number) => name.All(letter => letter > ' ' && !"[]{}\":,=".Contains(letter)) ? name : $"f{number.ToString(CultureInfo.InvariantCulture)}";

    private IEnumerable<string> Infos()
    {
        float[] least = new float[model.Features.Count], most = new float[model.Features.Count];
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(most, float.NegativeInfinity);
        foreach (TreeNode node in model.Trees.SelectMany(tree => tree.Nodes).Where(node => !node.IsLeaf))
            (least[node.Feature], most[node.Feature]) = (Math.Min(least[node.Feature], node.Threshold), Math.Max(most[node.Feature], node.Threshold));
        return model.Features.Select((feature, f) => least[f] > most[f] ? "none"
            : feature.Kind == ColumnKind.Categorical ? string.Join(':', Enumerable.Range(0, Math.Max(feature.Levels.Count, 1)).Select(code => code.ToString(CultureInfo.InvariantCulture)))
            : $"[{Number(least[f])}:{Number(most[f])}]");
    }

    private static string Leaf(int number, double value) => string.Create(CultureInfo.InvariantCulture,
        $"Tree={number}\nnum_leaves=1\nnum_cat=0\nsplit_feature=\nsplit_gain=\nthreshold=\ndecision_type=\nleft_child=\nright_child=\nleaf_value={Number(value)}\nleaf_weight=\nleaf_count=\ninternal_value=\ninternal_weight=\ninternal_count=\nis_linear=0\nshrinkage=1\n\n\n");

    private string Grown(int number, Tree tree)
    {
        TreeNode[] nodes = tree.Nodes;
        int[] places = new int[nodes.Length];
        List<int> splits = [], leaves = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            List<int> list = nodes[i].IsLeaf ? leaves : splits;
            places[i] = nodes[i].IsLeaf ? ~list.Count : list.Count;
            list.Add(i);
        }
        List<uint> words = [];
        List<int> bounds = [0];
        string[] thresholds = new string[splits.Count];
        int[] types = new int[splits.Count], left = new int[splits.Count], right = new int[splits.Count];
        for (int s = 0; s < splits.Count; s++)
        {
            TreeNode node = nodes[splits[s]];
            (left[s], right[s]) = (places[node.Left], places[node.Left + 1]);
            if (node.Set == TreeNode.NoSet)
            {
                thresholds[s] = Number(MathF.BitDecrement(node.Threshold) * scale);
                types[s] = MissingIsNaN | (node.MissingLeft ? DefaultLeft : 0);
                continue;
            }
            ModelFeature feature = model.Features[node.Feature];
            int[] goRight = TreeOutline.RightLevels(tree, node, feature);
            // What is in the set goes left and what is missing right: where missing goes our left, our right is their left.
            int[] set = node.MissingLeft ? goRight : [.. Enumerable.Range(0, feature.Levels.Count).Except(goRight)];
            if (node.MissingLeft)
                (left[s], right[s]) = (right[s], left[s]);
            thresholds[s] = (bounds.Count - 1).ToString(CultureInfo.InvariantCulture);
            types[s] = MissingIsNaN | IsCategorical;
            uint[] bits = new uint[Math.Max(1, (set.DefaultIfEmpty(0).Max() + 32) / 32)];
            foreach (int code in set)
                bits[code / 32] |= 1u << (code % 32);
            words.AddRange(bits);
            bounds.Add(words.Count);
        }
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Tree={number}\nnum_leaves={leaves.Count}\nnum_cat={bounds.Count - 1}\n");
        Line(text, "split_feature", splits.Select(i => (bySlots ? _slots[nodes[i].Feature] : nodes[i].Feature).ToString(CultureInfo.InvariantCulture)));
        Line(text, "split_gain", splits.Select(i => Number(nodes[i].Gain)));
        Line(text, "threshold", thresholds);
        Line(text, "decision_type", types.Select(type => type.ToString(CultureInfo.InvariantCulture)));
        Line(text, "left_child", left.Select(place => place.ToString(CultureInfo.InvariantCulture)));
        Line(text, "right_child", right.Select(place => place.ToString(CultureInfo.InvariantCulture)));
        Line(text, "leaf_value", leaves.Select(i => Number(nodes[i].Value)));
        Line(text, "leaf_weight", leaves.Select(i => Number(nodes[i].Cover)));
        Line(text, "leaf_count", leaves.Select(i => Count(nodes[i].Cover)));
        Line(text, "internal_value", splits.Select(i => Number(nodes[i].Value)));
        Line(text, "internal_weight", splits.Select(i => Number(nodes[i].Cover)));
        Line(text, "internal_count", splits.Select(i => Count(nodes[i].Cover)));
        if (bounds.Count > 1)
        {
            Line(text, "cat_boundaries", bounds.Select(bound => bound.ToString(CultureInfo.InvariantCulture)));
            Line(text, "cat_threshold", words.Select(word => word.ToString(CultureInfo.InvariantCulture)));
        }
        text.Append("is_linear=0\nshrinkage=1\n\n\n");
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, IEnumerable<string> values) => text.Append(name).Append('=').AppendJoin(' ', values).Append('\n');

    /// <summary>LightGBM counts rows where this library sums hessians; contributions there are told by the counts.</summary>
    private static string Count(float cover) => Math.Max(1, Math.Round((double)cover)).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>A float in full: LightGBM reads double precision, where the shortest spelling of a float is another number.</summary>
    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
