namespace CustomerValue.Boosting;

/// <summary>A leaf of the tree being grown: its rows' place in the row list, its sums and its best split.</summary>
internal sealed class OpenLeaf
{
    public required int Node { get; init; }

    public required int From { get; init; }

    public required int Count { get; init; }

    /// <summary>Where its rows that were not drawn for the tree begin.</summary>
    public required int OtherFrom { get; init; }

    public required int OtherCount { get; init; }

    public required int Depth { get; init; }

    public required LeafSums Sums { get; init; }

    public AlignedBuffer<long>? Histogram { get; set; }

    public SplitCandidate Best = new() { Feature = int.MaxValue };
}
