namespace CustomerValue.Boosting;

/// <summary>A tree as other formats write it: splits and leaves by number, children behind their parents.</summary>
/// <param name="Nodes">From the root on.</param>
public sealed record TreeOutline(IReadOnlyList<OutlineNode> Nodes)
{
    internal static TreeOutline Of(Tree tree, IReadOnlyList<ModelFeature> features) => new([.. tree.Nodes.Select(node => node.IsLeaf
        ? new OutlineNode(0, 0, 0, null, false, node.Value)
        : new OutlineNode(node.Left, node.Feature, node.Threshold, node.Set == TreeNode.NoSet ? null : RightLevels(tree, node, features[node.Feature]), node.MissingLeft, node.Value))]);

    /// <summary>The levels, by code, that go right at a split by levels.</summary>
    internal static int[] RightLevels(Tree tree, in TreeNode node, ModelFeature feature)
    {
        List<int> right = [];
        for (int code = 0; code < feature.LevelBins.Length; code++)
            if (tree.InSet(node.Set, feature.LevelBins[code]))
                right.Add(code);
        return [.. right];
    }
}

/// <summary>A split or a leaf.</summary>
/// <param name="Left">Number of the left child; the right one is the next. 0 marks a leaf.</param>
/// <param name="Feature">Which feature is asked for, by its place in <see cref="Booster.Features"/>.</param>
/// <param name="Threshold">Values below it go left.</param>
/// <param name="RightLevels">The levels, by code, that go right; null where the split is by threshold.</param>
/// <param name="MissingLeft">Whether missing values go left.</param>
/// <param name="Value">What a leaf adds to the raw score.</param>
public readonly record struct OutlineNode(int Left, int Feature, float Threshold, IReadOnlyList<int>? RightLevels, bool MissingLeft, float Value)
{
    /// <summary>Whether the walk ends here.</summary>
    public bool IsLeaf => Left == 0;
}
