using System.Text.Json;

namespace CustomerValue.Boosting;

/// <summary>One tree of an XGBoost model in JSON: arrays over its nodes.</summary>
internal sealed class XgboostTree
{
    private const int MostCodes = byte.MaxValue;

    private readonly int number;
    private readonly int[] left, right, feature, splitType, categories, categoryNodes, segments, sizes;
    private readonly bool[] missingLeft;
    private readonly float[] condition, weight, gain, cover;

    public XgboostTree(JsonElement tree, int number)
    {
        this.number = number;
        left = Ints(tree, "left_children");
        right = Ints(tree, "right_children");
        feature = Ints(tree, "split_indices");
        condition = Floats(tree, "split_conditions");
        missingLeft = [.. tree.GetProperty("default_left").EnumerateArray().Select(IsTrue)];
        weight = Floats(tree, "base_weights");
        gain = Floats(tree, "loss_changes");
        cover = Floats(tree, "sum_hessian");
        splitType = tree.TryGetProperty("split_type", out _) ? Ints(tree, "split_type") : new int[left.Length];
        bool any = splitType.Contains(1);
        categories = any ? Ints(tree, "categories") : [];
        categoryNodes = any ? Ints(tree, "categories_nodes") : [];
        segments = any ? Ints(tree, "categories_segments") : [];
        sizes = any ? Ints(tree, "categories_sizes") : [];
        int count = left.Length;
        if (count == 0 || Array.Exists([right.Length, feature.Length, condition.Length, missingLeft.Length, weight.Length, gain.Length, cover.Length, splitType.Length], length => length != count))
            throw Bad("its arrays are empty or of different length");
        if (segments.Length != categoryNodes.Length || sizes.Length != categoryNodes.Length)
            throw Bad("its lists of categories do not match");
    }

    /// <summary>XGBoost writes a bare NaN, which is no JSON, as the threshold of a split by categories; a text of the same length takes its place.</summary>
    public static void QuoteNotANumber(Span<byte> json)
    {
        bool quoted = false;
        for (int i = 0; i < json.Length; i++)
        {
            if (quoted && json[i] == '\\')
                i++;
            else if (json[i] == '"')
                quoted = !quoted;
            else if (!quoted && json[i..].StartsWith("NaN"u8))
            {
                "\"N\""u8.CopyTo(json[i..]);
                i += 2;
            }
        }
    }

    /// <summary>Raises each categorical feature's count of codes to what this tree mentions.</summary>
    public void CountCodes(int[] codes)
    {
        for (int i = 0; i < categoryNodes.Length; i++)
        {
            int node = categoryNodes[i];
            if (node < 0 || node >= left.Length || feature[node] < 0 || feature[node] >= codes.Length)
                throw Bad("a set of categories belongs to no node or feature");
            ref int count = ref codes[feature[node]];
            count = Math.Max(count, 1);
            foreach (int code in CategoriesOf(i))
                count = code is >= 0 and < MostCodes ? Math.Max(count, code + 1) : throw Bad($"found category {code}, expected 0 to {MostCodes - 1}");
        }
    }

    /// <summary>Lays the nodes out anew, breadth first, so that children stand side by side; nodes that were pruned away drop out.</summary>
    public Tree Convert(IReadOnlyList<ModelFeature> features)
    {
        List<TreeNode> nodes = [];
        List<ulong> sets = [];
        List<int> source = [0];
        for (int at = 0; at < source.Count; at++)
        {
            int i = source[at];
            if (source.Count > left.Length)
                throw Bad("a node has several parents");
            TreeNode node = new() { Set = TreeNode.NoSet, Value = weight[i], Cover = cover[i] };
            if (left[i] < 0)
                node.Value = condition[i];
            else
            {
                if (left[i] >= left.Length || right[i] < 0 || right[i] >= left.Length)
                    throw Bad($"node {i} has children {left[i]} and {right[i]} of {left.Length} nodes");
                node.Left = source.Count;
                node.Feature = feature[i];
                node.Gain = gain[i];
                node.MissingLeft = missingLeft[i];
                source.Add(left[i]);
                source.Add(right[i]);
                if (splitType[i] == 1)
                    node.Set = AddSet(i, sets);
                else
                    node.Threshold = condition[i];
            }
            nodes.Add(node);
        }
        Tree tree = new([.. nodes], [.. sets]);
        TreeCheck.Check(tree, features, number);
        return tree;
    }

    private int AddSet(int node, List<ulong> sets)
    {
        int place = Array.IndexOf(categoryNodes, node);
        if (place < 0)
            throw Bad($"node {node} splits by categories and has none");
        ulong[] words = new ulong[Tree.SetWords];
        foreach (int code in CategoriesOf(place))
            words[code >> 6] |= 1UL << (code & 63);
        sets.AddRange(words);
        return sets.Count / Tree.SetWords - 1;
    }

    private ReadOnlySpan<int> CategoriesOf(int place) =>
        segments[place] >= 0 && sizes[place] >= 0 && (long)segments[place] + sizes[place] <= categories.Length
            ? categories.AsSpan(segments[place], sizes[place]) : throw Bad("a set of categories lies outside its list");

    private static int[] Ints(JsonElement tree, string name) => [.. tree.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    private static float[] Floats(JsonElement tree, string name) =>
        [.. tree.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? float.NaN : value.GetSingle())];

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetInt32() != 0);

    private InvalidModelException Bad(string what) => new($"Tree {number} of the XGBoost model: {what}.");
}
