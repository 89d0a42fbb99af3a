using CustomerValue.Boosting;

namespace CustomerValue.Onnx.Graphs;

/// <summary>Trees as one <c>TreeEnsemble</c> node in double precision.</summary>
internal static class TreesNode
{
    private const byte BranchLess = 1, BranchMember = 6;

    /// <param name="graph">The graph.</param>
    /// <param name="booster">The trees.</param>
    /// <param name="features">Their features as one tensor, a column each.</param>
    /// <returns>The raw score; a constant where no tree splits.</returns>
    public static string Add(Graph graph, Booster booster, string features)
    {
        double start = booster.ExpectsBaseMargins ? 0 : booster.Start[0];
        TreeOutline[] all = [.. booster.Outlines()], grown = [.. all.Where(tree => tree.Nodes.Count > 1)];
        start += all.Where(tree => tree.Nodes.Count == 1).Sum(tree => (double)tree.Nodes[0].Value);
        if (grown.Length == 0)
            return graph.Constant(Tensor.Scalar(start));

        List<long> roots = [], asks = [], whenTrue = [], whenFalse = [], trueIsLeaf = [], falseIsLeaf = [], missingIsTrue = [];
        List<double> splits = [], leaves = [], members = [];
        List<byte> modes = [];
        foreach (TreeOutline tree in grown)
        {
            roots.Add(asks.Count);
            long[] places = new long[tree.Nodes.Count];
            long split = asks.Count, leaf = leaves.Count;
            for (int i = 0; i < places.Length; i++)
                places[i] = tree.Nodes[i].IsLeaf ? leaf++ : split++;
            foreach (OutlineNode node in tree.Nodes)
            {
                if (node.IsLeaf)
                {
                    leaves.Add(node.Value);
                    continue;
                }
                // A threshold is true on the left, a set of levels where they are in it: on the right.
                int yes = node.RightLevels is null ? node.Left : node.Left + 1, no = node.RightLevels is null ? node.Left + 1 : node.Left;
                asks.Add(node.Feature);
                // An empty set has no spelling; nothing is below minus infinity.
                modes.Add(node.RightLevels is { Count: > 0 } ? BranchMember : BranchLess);
                splits.Add(node.RightLevels is null ? node.Threshold : node.RightLevels.Count == 0 ? double.NegativeInfinity : 0);
                whenTrue.Add(places[yes]);
                whenFalse.Add(places[no]);
                trueIsLeaf.Add(tree.Nodes[yes].IsLeaf ? 1 : 0);
                falseIsLeaf.Add(tree.Nodes[no].IsLeaf ? 1 : 0);
                missingIsTrue.Add(node.MissingLeft == node.RightLevels is null ? 1 : 0);
                if (node.RightLevels is { Count: > 0 } levels)
                    members.AddRange([.. levels.Select(level => (double)level), double.NaN]);
            }
        }
        NodeAttributes attributes = new NodeAttributes()
            .Add("aggregate_function", 1L).Add("n_targets", 1L).Add("post_transform", 0L)
            .Add("tree_roots", roots).Add("nodes_featureids", asks).Add("nodes_modes", Tensor.Of([.. modes])).Add("nodes_splits", Tensor.Of([.. splits]))
            .Add("nodes_truenodeids", whenTrue).Add("nodes_falsenodeids", whenFalse).Add("nodes_trueleafs", trueIsLeaf).Add("nodes_falseleafs", falseIsLeaf)
            .Add("nodes_missing_value_tracks_true", missingIsTrue)
            .Add("leaf_targetids", leaves.Select(_ => 0L)).Add("leaf_weights", Tensor.Of([.. leaves]));
        if (members.Count > 0)
            attributes.Add("membership_values", Tensor.Of([.. members]));
        string sum = graph.Node("TreeEnsemble", Graph.MachineLearning, attributes, [features]);
        return start == 0 ? sum : graph.Node("Add", sum, graph.Constant(Tensor.Scalar(start)));
    }
}
