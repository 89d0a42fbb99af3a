namespace CustomerValue.Boosting;

/// <summary>Reads the binary model format; see <see cref="BoosterFormat"/>. Trusts nothing it reads.</summary>
internal static class BoosterReader
{
    public static Booster Read(Stream stream, Func<string, Objective?>? custom)
    {
        SpanReader reader = new(Bytes(stream));
        if (reader.Int("magic number") != BoosterFormat.Magic)
            throw new InvalidModelException("This is not a model file of this library: it does not begin with 'CVGB'.");
        int version = reader.Int("version");
        if (version != BoosterFormat.Version)
            throw new InvalidModelException($"The model file has format version {version}, expected {BoosterFormat.Version}; it was written by another version of this library.");
        int flags = reader.Int("flags");
        if ((flags & ~BoosterFormat.BaseMarginFlag) != 0)
            throw new InvalidModelException($"The model file has unknown flags {flags}.");
        string name = reader.Text("objective name");
        Objective objective = custom?.Invoke(name) ?? Objectives.Find(name)
            ?? throw new InvalidModelException($"The model's objective '{Shortened(name)}' is not one of this library; give a function that makes it.");
        double[] start = Starts(ref reader, objective);
        ModelFeature[] features = Features(ref reader);
        Tree[] trees = new Tree[reader.Count(BoosterFormat.LeastTreeBytes, "trees")];
        if (trees.Length % start.Length != 0)
            throw new InvalidModelException($"The model file has {trees.Length} trees, which is no whole number of rounds of {start.Length}.");
        for (int i = 0; i < trees.Length; i++)
            trees[i] = Tree(ref reader, features, i);
        if (reader.Remaining != 0)
            throw new InvalidModelException($"The model file has {reader.Remaining} bytes behind its last tree.");
        return new(objective, features, start, (flags & BoosterFormat.BaseMarginFlag) != 0, trees);
    }

    public static byte[] Bytes(Stream stream)
    {
        using MemoryStream copy = new(stream.CanSeek ? (int)Math.Min(Math.Max(stream.Length - stream.Position, 0), Array.MaxLength) : 0);
        stream.CopyTo(copy);
        return copy.GetBuffer().Length == copy.Length ? copy.GetBuffer() : copy.ToArray();
    }

    private static double[] Starts(ref SpanReader reader, Objective objective)
    {
        double[] start = new double[reader.Count(sizeof(double), "starting scores")];
        if (start.Length != objective.Outputs)
            throw new InvalidModelException($"The model file has {start.Length} starting scores, expected {objective.Outputs} for objective '{objective.Name}'.");
        for (int i = 0; i < start.Length; i++)
            start[i] = reader.Double("starting scores");
        if (!Array.TrueForAll(start, double.IsFinite))
            throw new InvalidModelException("The model file has a starting score that is not finite.");
        return start;
    }

    private static ModelFeature[] Features(ref SpanReader reader)
    {
        ModelFeature[] features = new ModelFeature[reader.Count(BoosterFormat.LeastFeatureBytes, "features")];
        if (features.Length == 0)
            throw new InvalidModelException("The model file has no feature.");
        for (int i = 0; i < features.Length; i++)
        {
            string name = reader.Text("feature name");
            int kind = reader.Int("feature kind");
            if (kind is not ((int)ColumnKind.Numeric or (int)ColumnKind.Categorical) || string.IsNullOrWhiteSpace(name))
                throw new InvalidModelException($"Feature {i} of the model file has kind {kind} and name '{Shortened(name)}'; expected a known kind and a name.");
            string[] levels = new string[reader.Count(BoosterFormat.LeastTextBytes, "levels")];
            for (int level = 0; level < levels.Length; level++)
                levels[level] = reader.Text("level name");
            byte[] bins = reader.Take(levels.Length, "level bins").ToArray();
            reader.Take(SpanReader.Padding(bins.Length), "level bins");
            if (kind == (int)ColumnKind.Numeric && levels.Length > 0)
                throw new InvalidModelException($"Feature '{Shortened(name)}' of the model file is numeric and has levels.");
            features[i] = new(name, (ColumnKind)kind, levels, bins);
            RequireDistinct(levels, "level");
        }
        RequireDistinct([.. features.Select(feature => feature.Name)], "feature");
        return features;
    }

    private static void RequireDistinct(string[] names, string what)
    {
        string[] sorted = [.. names];
        Array.Sort(sorted, StringComparer.Ordinal);
        for (int i = 1; i < sorted.Length; i++)
            if (sorted[i] == sorted[i - 1])
                throw new InvalidModelException($"The model file names {what} '{Shortened(sorted[i])}' twice.");
    }

    private static Tree Tree(ref SpanReader reader, ModelFeature[] features, int number)
    {
        TreeNode[] nodes = new TreeNode[reader.Count(BoosterFormat.NodeBytes, "nodes")];
        ulong[] sets = new ulong[reader.Count(Boosting.Tree.SetWords * sizeof(ulong), "sets") * Boosting.Tree.SetWords];
        for (int i = 0; i < nodes.Length; i++)
        {
            ref TreeNode node = ref nodes[i];
            node.Left = reader.Int("node");
            int feature = reader.Int("node");
            node.MissingLeft = (feature & BoosterFormat.MissingLeftBit) != 0;
            node.Feature = feature & ~BoosterFormat.MissingLeftBit;
            node.Threshold = reader.Float("node");
            node.Set = reader.Int("node");
            node.Value = reader.Float("node");
            node.Gain = reader.Float("node");
            node.Cover = reader.Float("node");
        }
        for (int word = 0; word < sets.Length; word++)
            sets[word] = reader.Word("sets");
        Tree tree = new(nodes, sets);
        TreeCheck.Check(tree, features, number);
        return tree;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
