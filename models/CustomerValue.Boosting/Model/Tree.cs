namespace CustomerValue.Boosting;

/// <summary>A grown tree: nodes from the root on, and the sets of its splits by levels.</summary>
internal sealed class Tree(TreeNode[] nodes, ulong[] sets)
{
    /// <summary>Words a set: a bit for each of 256 bins.</summary>
    public const int SetWords = 4;

    /// <summary>Deepest tree that is grown or read.</summary>
    public const int MostDepth = 512;

    public TreeNode[] Nodes { get; } = nodes;

    /// <summary>Sets one behind another, <see cref="SetWords"/> words each; a bit says that the bin goes right.</summary>
    public ulong[] Sets { get; } = sets;

    public int Leaves => (Nodes.Length + 1) / 2;

    /// <summary>Splits on the longest way from the root; children stand behind their parents.</summary>
    public int Depth()
    {
        int[] depths = new int[Nodes.Length];
        int most = 0;
        for (int i = 0; i < Nodes.Length; i++)
        {
            most = Math.Max(most, depths[i]);
            if (!Nodes[i].IsLeaf)
                depths[Nodes[i].Left] = depths[Nodes[i].Left + 1] = depths[i] + 1;
        }
        return most;
    }

    public bool InSet(int set, int bin) => ((Sets[set * SetWords + (bin >> 6)] >> (bin & 63)) & 1) != 0;

    /// <summary>The value of the leaf that a row of a binned table falls into.</summary>
    public float Value(byte[][] columns, int row, BinMapper mapper, ReadOnlySpan<byte> splitBins)
    {
        int at = 0;
        while (!Nodes[at].IsLeaf)
        {
            ref readonly TreeNode node = ref Nodes[at];
            int bin = columns[node.Feature][row];
            bool right = bin == mapper.Features[node.Feature].Missing ? !node.MissingLeft
                : node.Set == TreeNode.NoSet ? bin > splitBins[at] : InSet(node.Set, bin);
            at = node.Left + (right ? 1 : 0);
        }
        return Nodes[at].Value;
    }
}
