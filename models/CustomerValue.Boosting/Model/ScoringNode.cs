namespace CustomerValue.Boosting;

/// <summary>A node as the scorer walks it: sixteen bytes, four to a cache line.</summary>
/// <remarks>
/// A leaf points to itself and its threshold is NaN, so that a step from it stays there; walks of unequal length run side by side.
/// A row is laid out twice, its missing values as minus infinity first and as infinity then: where missing values go is which of the two places
/// a node looks at, and a step is one comparison.
/// </remarks>
/// <param name="Place">Which value of the laid-out row it asks for; above all places where the split is by a set of levels.</param>
/// <param name="Threshold">Values from here on go right; for a split by levels the set's first word, as bits.</param>
/// <param name="Left">The left child; right is the next.</param>
/// <param name="Value">What a leaf adds.</param>
internal readonly record struct ScoringNode(uint Place, float Threshold, uint Left, float Value)
{
    /// <summary>Added to the place where the split asks for a set of levels.</summary>
    public const uint BySet = 1u << 31;

    public static ScoringNode From(in TreeNode node, int features, int root, int self, int setWords) => node.IsLeaf
        ? new(0, float.NaN, (uint)self, node.Value)
        : new((uint)(node.Feature + (node.MissingLeft ? 0 : features)) + (node.Set == TreeNode.NoSet ? 0 : BySet),
            node.Set == TreeNode.NoSet ? Math.Max(node.Threshold, float.MinValue) : BitConverter.Int32BitsToSingle(setWords + node.Set * Tree.SetWords),
            (uint)(root + node.Left), 0);
}
