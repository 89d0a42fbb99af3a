namespace CustomerValue.Boosting;

/// <summary>A tree fresh from training, with what is needed to walk it on binned rows: each node's last bin that goes left.</summary>
internal sealed record GrownTree(Tree Tree, byte[] SplitBins, IReadOnlyList<OpenLeaf> Leaves);
