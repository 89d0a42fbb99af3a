namespace CustomerValue.Boosting;

/// <summary>Makes sure that what was read is a tree over the model's features before anything walks it.</summary>
internal static class TreeCheck
{
    /// <exception cref="InvalidModelException">A child out of range, shared or before its parent; an unknown feature; a number that is not finite; too deep.</exception>
    public static void Check(Tree tree, IReadOnlyList<ModelFeature> features, int number)
    {
        TreeNode[] nodes = tree.Nodes;
        if (nodes.Length % 2 == 0)
            throw Bad(number, 0, $"found {nodes.Length} nodes, expected an odd number");
        ushort[] depth = new ushort[nodes.Length];
        int reached = 1;
        for (int i = 0; i < nodes.Length; i++)
        {
            ref readonly TreeNode node = ref nodes[i];
            if (!float.IsFinite(node.Value) || !float.IsFinite(node.Gain) || !float.IsFinite(node.Cover) || node.Cover < 0)
                throw Bad(number, i, "value, gain and cover must be finite and cover not negative");
            if (i > 0 && depth[i] == 0)
                throw Bad(number, i, "no parent stands before it");
            if (node.IsLeaf)
                continue;
            if (node.Left <= i || node.Left >= nodes.Length - 1 || depth[node.Left] != 0 || depth[node.Left + 1] != 0)
                throw Bad(number, i, $"found left child {node.Left}, expected a pair behind it that no other node owns");
            if (depth[i] >= Tree.MostDepth)
                throw Bad(number, i, $"the tree is deeper than {Tree.MostDepth}");
            depth[node.Left] = depth[node.Left + 1] = (ushort)(depth[i] + 1);
            reached += 2;
            CheckSplit(tree, node, features, number, i);
        }
        if (reached != nodes.Length)
            throw Bad(number, 0, $"{nodes.Length - reached} nodes are out of reach");
    }

    private static void CheckSplit(Tree tree, in TreeNode node, IReadOnlyList<ModelFeature> features, int number, int at)
    {
        if (node.Feature < 0 || node.Feature >= features.Count)
            throw Bad(number, at, $"found feature {node.Feature}, expected 0 to {features.Count - 1}");
        bool bySet = node.Set != TreeNode.NoSet;
        if (bySet != (features[node.Feature].Kind == ColumnKind.Categorical))
            throw Bad(number, at, "a set of levels belongs to a categorical feature, a threshold to a numeric one");
        if (bySet && (node.Set < 0 || node.Set >= tree.Sets.Length / Tree.SetWords))
            throw Bad(number, at, $"found set {node.Set}, expected below {tree.Sets.Length / Tree.SetWords}");
        if (!bySet && !float.IsFinite(node.Threshold))
            throw Bad(number, at, "the threshold is not finite");
    }

    private static InvalidModelException Bad(int tree, int node, string what) => new($"Tree {tree}, node {node} of the model file: {what}.");
}
