using System.Globalization;

namespace CustomerValue.Boosting;

/// <summary>One tree of a LightGBM model in text: arrays over its splits, and over its leaves.</summary>
internal sealed class LightGbmTree
{
    private const int WordBits = 32, MostCodes = byte.MaxValue;

    private readonly int _number;
    private readonly int[] _left = [], _right = [], _feature = [], _type = [], _bounds = [];
    private readonly uint[] _words = [];
    private readonly double[] _threshold = [], _value, _gain = [], _cover, _innerValue = [], _innerCover = [];

    public LightGbmTree(Dictionary<string, string> block, int number)
    {
        _number = number;
        int leaves = int.Parse(block["num_leaves"], CultureInfo.InvariantCulture);
        _value = Doubles(block, "leaf_value");
        _cover = new double[_value.Length];
        if (block.GetValueOrDefault("is_linear", "0") != "0")
            throw Bad("it has linear leaves");
        if (leaves < 1 || _value.Length != leaves)
            throw Bad($"found {_value.Length} leaves, expected {leaves}");
        if (leaves == 1)
            return;
        (_left, _right, _feature, _type) = (Ints(block, "left_child"), Ints(block, "right_child"), Ints(block, "split_feature"), Ints(block, "decision_type"));
        _threshold = Doubles(block, "threshold");
        _gain = OrZeros(block, "split_gain", leaves - 1);
        _innerValue = OrZeros(block, "internal_value", leaves - 1);
        _innerCover = OrZeros(block, "internal_weight", leaves - 1);
        _cover = OrZeros(block, "leaf_weight", leaves);
        if (Array.Exists([_left.Length, _right.Length, _feature.Length, _type.Length, _threshold.Length], length => length != leaves - 1))
            throw Bad("its arrays are of different length");
        if (block.GetValueOrDefault("num_cat", "0") == "0")
            return;
        _bounds = Ints(block, "cat_boundaries");
        _words = [.. Words(block, "cat_threshold").Select(word => uint.Parse(word, CultureInfo.InvariantCulture))];
    }

    /// <summary>Whether it is one leaf.</summary>
    public bool IsConstant => _left.Length == 0;

    /// <summary>What it adds to every raw score where it is one leaf.</summary>
    public double Constant => double.IsFinite(_value[0]) ? _value[0] : throw Bad("its leaf is not finite");

    private bool BySet(int split) => (_type[split] & 1) != 0;

    /// <summary>Raises each categorical feature's count of codes to what this tree mentions.</summary>
    public void CountCodes(int[] codes)
    {
        for (int split = 0; split < _left.Length; split++)
        {
            if (!BySet(split))
                continue;
            if (_feature[split] < 0 || _feature[split] >= codes.Length)
                throw Bad($"found feature {_feature[split]}, expected 0 to {codes.Length - 1}");
            codes[_feature[split]] = Math.Max(codes[_feature[split]], SetOf(split).DefaultIfEmpty(0).Max() + 1);
        }
    }

    /// <summary>Lays the nodes out anew, breadth first, so that children stand side by side.</summary>
    public Tree Convert(IReadOnlyList<ModelFeature> features)
    {
        List<TreeNode> nodes = [];
        List<ulong> sets = [];
        List<int> source = [0];
        for (int at = 0; at < source.Count; at++)
        {
            if (source.Count > 2 * _value.Length)
                throw Bad("a node has several parents");
            int place = source[at];
            if (place < 0)
            {
                if (~place >= _value.Length)
                    throw Bad($"found leaf {~place} of {_value.Length}");
                nodes.Add(new TreeNode { Set = TreeNode.NoSet, Value = (float)_value[~place], Cover = (float)_cover[~place] });
                continue;
            }
            if (place >= _left.Length)
                throw Bad($"found split {place} of {_left.Length}");
            TreeNode node = new() { Left = source.Count, Feature = _feature[place], Set = TreeNode.NoSet, Value = (float)_innerValue[place], Gain = (float)_gain[place], Cover = (float)_innerCover[place] };
            int missing = (_type[place] >> 2) & 3;
            if (BySet(place))
            {
                // What is in the set goes left; here a bit says that the level goes right, and what is missing goes right as there.
                HashSet<int> left = [.. SetOf(place)];
                ulong[] words = new ulong[Tree.SetWords];
                int levels = node.Feature >= 0 && node.Feature < features.Count ? features[node.Feature].Levels.Count : 0;
                for (int code = 0; code < levels; code++)
                    if (!left.Contains(code))
                        words[code >> 6] |= 1UL << (code & 63);
                sets.AddRange(words);
                node.Set = sets.Count / Tree.SetWords - 1;
            }
            else if (missing == 1)
                throw Bad("zero stands for a missing value, which this library does not know");
            else
            {
                node.Threshold = AboveOf(_threshold[place]);
                // Where LightGBM saw no missing value it takes one for zero.
                node.MissingLeft = missing == 0 ? 0 <= _threshold[place] : (_type[place] & 2) != 0;
            }
            nodes.Add(node);
            source.Add(_left[place]);
            source.Add(_right[place]);
        }
        Tree tree = new([.. nodes], [.. sets]);
        TreeCheck.Check(tree, features, _number);
        return tree;
    }

    /// <summary>The least float above a threshold: floats up to the threshold are those below it.</summary>
    private static float AboveOf(double threshold)
    {
        float rounded = (float)Math.Clamp(threshold, float.MinValue, float.MaxValue);
        return Math.Min(rounded > threshold ? rounded : MathF.BitIncrement(rounded), float.MaxValue);
    }

    private List<int> SetOf(int split)
    {
        int set = (int)_threshold[split];
        if (set < 0 || set + 1 >= _bounds.Length || _bounds[set] < 0 || _bounds[set] > _bounds[set + 1] || _bounds[set + 1] > _words.Length)
            throw Bad($"split {split} asks for set {set} of {_bounds.Length - 1}");
        List<int> codes = [];
        for (int word = _bounds[set]; word < _bounds[set + 1]; word++)
            for (int bit = 0; bit < WordBits; bit++)
                if (((_words[word] >> bit) & 1) != 0)
                    codes.Add((word - _bounds[set]) * WordBits + bit is < MostCodes and int code ? code : throw Bad($"found a category above {MostCodes - 1}"));
        return codes;
    }

    private static string[] Words(Dictionary<string, string> block, string name) => block[name].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int[] Ints(Dictionary<string, string> block, string name) => [.. Words(block, name).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

    private static double[] Doubles(Dictionary<string, string> block, string name) => [.. Words(block, name).Select(word => double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private double[] OrZeros(Dictionary<string, string> block, string name, int count)
    {
        double[] values = block.GetValueOrDefault(name, "").Length == 0 ? new double[count] : Doubles(block, name);
        return values.Length == count ? values : throw Bad($"found {values.Length} values of {name}, expected {count}");
    }

    private InvalidModelException Bad(string what) => new($"Tree {_number} of the LightGBM model: {what}.");
}
