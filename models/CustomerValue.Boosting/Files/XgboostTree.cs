using System.Text.Json;

namespace CustomerValue.Boosting;

/// <summary>One tree of an XGBoost model in JSON: arrays over its nodes.</summary>
internal sealed class XgboostTree
{
    private const int MostCodes = byte.MaxValue;

    private readonly int _number;
    private readonly int[] _left, _right, _feature, _splitType, _categories, _categoryNodes, _segments, _sizes;
    private readonly bool[] _missingLeft;
    private readonly float[] _condition, _weight, _gain, _cover;

    public XgboostTree(JsonElement tree, int number)
    {
        _number = number;
        _left = Ints(tree, "left_children");
        _right = Ints(tree, "right_children");
        _feature = Ints(tree, "split_indices");
        _condition = Floats(tree, "split_conditions");
        _missingLeft = [.. tree.GetProperty("default_left").EnumerateArray().Select(IsTrue)];
        _weight = Floats(tree, "base_weights");
        _gain = Floats(tree, "loss_changes");
        _cover = Floats(tree, "sum_hessian");
        _splitType = tree.TryGetProperty("split_type", out _) ? Ints(tree, "split_type") : new int[_left.Length];
        bool any = _splitType.Contains(1);
        _categories = any ? Ints(tree, "categories") : [];
        _categoryNodes = any ? Ints(tree, "categories_nodes") : [];
        _segments = any ? Ints(tree, "categories_segments") : [];
        _sizes = any ? Ints(tree, "categories_sizes") : [];
        int count = _left.Length;
        if (count == 0 || Array.Exists([_right.Length, _feature.Length, _condition.Length, _missingLeft.Length, _weight.Length, _gain.Length, _cover.Length, _splitType.Length], length => length != count))
            throw Bad("its arrays are empty or of different length");
        if (_segments.Length != _categoryNodes.Length || _sizes.Length != _categoryNodes.Length)
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
        for (int i = 0; i < _categoryNodes.Length; i++)
        {
            int node = _categoryNodes[i];
            if (node < 0 || node >= _left.Length || _feature[node] < 0 || _feature[node] >= codes.Length)
                throw Bad("a set of categories belongs to no node or feature");
            ref int count = ref codes[_feature[node]];
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
            if (source.Count > _left.Length)
                throw Bad("a node has several parents");
            TreeNode node = new() { Set = TreeNode.NoSet, Value = _weight[i], Cover = _cover[i] };
            if (_left[i] < 0)
                node.Value = _condition[i];
            else
            {
                if (_left[i] >= _left.Length || _right[i] < 0 || _right[i] >= _left.Length)
                    throw Bad($"node {i} has children {_left[i]} and {_right[i]} of {_left.Length} nodes");
                node.Left = source.Count;
                node.Feature = _feature[i];
                node.Gain = _gain[i];
                node.MissingLeft = _missingLeft[i];
                source.Add(_left[i]);
                source.Add(_right[i]);
                if (_splitType[i] == 1)
                    node.Set = AddSet(i, sets);
                else
                    node.Threshold = _condition[i];
            }
            nodes.Add(node);
        }
        Tree tree = new([.. nodes], [.. sets]);
        TreeCheck.Check(tree, features, _number);
        return tree;
    }

    private int AddSet(int node, List<ulong> sets)
    {
        int place = Array.IndexOf(_categoryNodes, node);
        if (place < 0)
            throw Bad($"node {node} splits by categories and has none");
        ulong[] words = new ulong[Tree.SetWords];
        foreach (int code in CategoriesOf(place))
            words[code >> 6] |= 1UL << (code & 63);
        sets.AddRange(words);
        return sets.Count / Tree.SetWords - 1;
    }

    private ReadOnlySpan<int> CategoriesOf(int place) =>
        _segments[place] >= 0 && _sizes[place] >= 0 && (long)_segments[place] + _sizes[place] <= _categories.Length
            ? _categories.AsSpan(_segments[place], _sizes[place]) : throw Bad("a set of categories lies outside its list");

    private static int[] Ints(JsonElement tree, string name) => [.. tree.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    private static float[] Floats(JsonElement tree, string name) =>
        [.. tree.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? float.NaN : value.GetSingle())];

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetInt32() != 0);

    private InvalidModelException Bad(string what) => new($"Tree {_number} of the XGBoost model: {what}.");
}
