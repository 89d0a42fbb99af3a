namespace CustomerValue.Boosting;

/// <summary>A node as the scorer walks it: sixteen bytes, four to a cache line.</summary>
/// <remarks>A leaf points to itself and its threshold is NaN, so that a step from it stays there; walks of unequal length run side by side.</remarks>
/// <param name="Feature">Feature number, above two bits of flags.</param>
/// <param name="Threshold">Values from here on go right; for a split by levels the set's first word, as bits.</param>
/// <param name="Left">The left child; right is the next.</param>
/// <param name="Value">What a leaf adds.</param>
internal readonly record struct ScoringNode(int Feature, float Threshold, int Left, float Value)
{
    /// <summary>Flag: missing values go right.</summary>
    public const int MissingRight = 1;

    /// <summary>Flag: the split asks for a set of levels.</summary>
    public const int BySet = 2;

    /// <summary>Bits taken by flags.</summary>
    public const int FlagBits = 2;

    public static ScoringNode From(in TreeNode node, int root, int self, int setWords) => node.IsLeaf
        ? new(0, float.NaN, self, node.Value)
        : new((node.Feature << FlagBits) | (node.MissingLeft ? 0 : MissingRight) | (node.Set == TreeNode.NoSet ? 0 : BySet),
            node.Set == TreeNode.NoSet ? node.Threshold : BitConverter.Int32BitsToSingle(setWords + node.Set * Tree.SetWords), root + node.Left, 0);
}
