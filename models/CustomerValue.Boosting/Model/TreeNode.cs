namespace CustomerValue.Boosting;

/// <summary>One node of a tree. Children stand side by side: right is <c>Left + 1</c>.</summary>
internal struct TreeNode
{
    /// <summary>No set of levels: the split is by threshold.</summary>
    public const int NoSet = -1;

    /// <summary>The left child; 0 marks a leaf, for no child is the root.</summary>
    public int Left;

    public int Feature;

    /// <summary>Values below it go left.</summary>
    public float Threshold;

    /// <summary>Index into the tree's sets of bins that go right, or <see cref="NoSet"/>.</summary>
    public int Set;

    public bool MissingLeft;

    /// <summary>What a row that ends here adds to its raw score, the learning rate included.</summary>
    public float Value;

    /// <summary>Gain of the split; 0 in a leaf.</summary>
    public float Gain;

    /// <summary>Sum of hessians of the training rows that came here.</summary>
    public float Cover;

    public readonly bool IsLeaf => Left == 0;
}
