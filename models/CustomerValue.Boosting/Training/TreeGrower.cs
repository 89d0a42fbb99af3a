namespace CustomerValue.Boosting;

/// <summary>Grows one tree leaf by leaf, the most gainful first (Shi 2007), on binned rows.</summary>
internal sealed unsafe class TreeGrower : IDisposable
{
    private const int FeaturesATask = 4;

    private readonly BinnedMatrix matrix;
    private readonly BinMapper mapper;
    private readonly BoosterOptions options;
    private readonly WorkerTeam team;
    private readonly SplitFinder finder;
    private readonly CategoricalSplits categoricals;
    private readonly HistogramBuilder builder;
    private readonly HistogramPool pool;
    private readonly int[] directions;
    private readonly bool bounded;
    private readonly double maxStep;
    private readonly SplitCandidate[] firstBest;
    private readonly SplitCandidate[] secondBest;
    private readonly List<TreeNode> nodes = [];
    private readonly List<byte> splitBins = [];
    private readonly List<ulong> sets = [];

    public TreeGrower(BinnedMatrix matrix, BinMapper mapper, BoosterOptions options, int[] directions, WorkerTeam team)
    {
        this.matrix = matrix;
        this.mapper = mapper;
        this.options = options;
        this.team = team;
        this.directions = directions;
        bounded = Array.Exists(directions, direction => direction != 0);
        maxStep = options.MaxLeafStep ?? options.Objective.MaxLeafStep;
        finder = new(options);
        categoricals = new(finder, options);
        builder = new(matrix, mapper, team);
        pool = new(mapper.Features.Length);
        firstBest = new SplitCandidate[mapper.Features.Length];
        secondBest = new SplitCandidate[mapper.Features.Length];
    }

    public void Dispose()
    {
        builder.Dispose();
        pool.Dispose();
    }

    public GrownTree Grow(RowPartition rows, GradientPairs pairs, bool[] activeFeatures)
    {
        nodes.Clear();
        splitBins.Clear();
        sets.Clear();
        builder.Active = activeFeatures;
        List<OpenLeaf> leaves = [];
        PriorityQueue<OpenLeaf, (double Loss, int Node)> open = new();
        Enqueue(Root(rows, pairs), leaves, open);
        while (leaves.Count < options.MaxLeaves && open.TryDequeue(out OpenLeaf? leaf, out _))
        {
            leaves.Remove(leaf);
            (OpenLeaf left, OpenLeaf right) = Split(leaf, rows, pairs);
            bool last = leaves.Count + 2 == options.MaxLeaves;
            if (last)
                pool.GiveBack(leaf.Histogram);
            else
                Search(leaf, left, right, rows, pairs);
            Enqueue(left, leaves, open);
            Enqueue(right, leaves, open);
        }
        foreach (OpenLeaf leaf in leaves)
            pool.GiveBack(leaf.Histogram);
        return new(new([.. nodes], [.. sets]), [.. splitBins], leaves);
    }

    private void Enqueue(OpenLeaf leaf, List<OpenLeaf> leaves, PriorityQueue<OpenLeaf, (double, int)> open)
    {
        leaves.Add(leaf);
        if (leaf.Best.Gain > 0)
            open.Enqueue(leaf, (-leaf.Best.Gain, leaf.Node));
        else
        {
            pool.GiveBack(leaf.Histogram);
            leaf.Histogram = null;
        }
    }

    private OpenLeaf Root(RowPartition rows, GradientPairs pairs)
    {
        AlignedBuffer<long> histogram = pool.Lend()!;
        bool all = rows.Count == matrix.Rows;
        builder.Count(all ? null : rows.Rows, 0, rows.Count, pairs.Pointer, histogram);
        int any = Array.IndexOf(builder.Active, true);
        builder.Collect(any, histogram);
        long gradient = 0, hessian = 0;
        long* cells = HistogramBuilder.Cells(histogram, any);
        for (int bin = 0; bin <= mapper.Features[any].Count; bin++)
        {
            gradient += cells[2 * bin];
            hessian += cells[2 * bin + 1];
        }
        OpenLeaf root = NewLeaf((0, rows.Count), (rows.Count, rows.OtherCount), 0, LeafSums.Unbounded(gradient, hessian), pairs);
        root.Histogram = histogram;
        ForEachFeature(feature =>
        {
            if (feature != any)
                builder.Collect(feature, histogram);
            firstBest[feature] = SearchFeature(feature, histogram, root, pairs);
        });
        root.Best = BestOf(firstBest);
        return root;
    }

    private OpenLeaf NewLeaf((int From, int Count) drawn, (int From, int Count) other, int depth, LeafSums sums, GradientPairs pairs)
    {
        double gradient = sums.Gradient * pairs.GradientUnit, hessian = sums.Hessian * pairs.HessianUnit;
        double value = Math.Clamp(finder.BoundedValue(gradient, hessian, sums), -maxStep, maxStep) * options.LearningRate;
        nodes.Add(new TreeNode { Set = TreeNode.NoSet, Value = (float)value, Cover = (float)hessian });
        splitBins.Add(0);
        return new OpenLeaf { Node = nodes.Count - 1, From = drawn.From, Count = drawn.Count, OtherFrom = other.From, OtherCount = other.Count, Depth = depth, Sums = sums };
    }

    private (OpenLeaf Left, OpenLeaf Right) Split(OpenLeaf leaf, RowPartition rows, GradientPairs pairs)
    {
        SplitCandidate split = leaf.Best;
        FeatureBins bins = mapper.Features[split.Feature];
        int count = rows.Split(leaf.From, leaf.Count, matrix.Column(split.Feature), split, bins.Missing);
        int others = rows.Split(leaf.OtherFrom, leaf.OtherCount, matrix.Column(split.Feature), split, bins.Missing);
        (LeafSums leftSums, LeafSums rightSums) = ChildSums(leaf, split, pairs);
        TreeNode node = nodes[leaf.Node];
        node.Left = nodes.Count;
        node.Feature = split.Feature;
        node.MissingLeft = split.MissingLeft;
        node.Gain = (float)split.Gain;
        if (split.RightBins is null)
            node.Threshold = bins.Cuts[split.Bin];
        else
        {
            node.Set = sets.Count / Tree.SetWords;
            sets.AddRange(split.RightBins);
        }
        nodes[leaf.Node] = node;
        splitBins[leaf.Node] = (byte)split.Bin;
        OpenLeaf left = NewLeaf((leaf.From, count), (leaf.OtherFrom, others), leaf.Depth + 1, leftSums, pairs);
        OpenLeaf right = NewLeaf((leaf.From + count, leaf.Count - count), (leaf.OtherFrom + others, leaf.OtherCount - others), leaf.Depth + 1, rightSums, pairs);
        return (left, right);
    }

    /// <summary>Children inherit bounds; a split on a constrained feature puts the middle of the two values between them.</summary>
    private (LeafSums Left, LeafSums Right) ChildSums(OpenLeaf leaf, in SplitCandidate split, GradientPairs pairs)
    {
        LeafSums left = leaf.Sums with { Gradient = split.LeftGradient, Hessian = split.LeftHessian };
        LeafSums right = leaf.Sums with { Gradient = leaf.Sums.Gradient - split.LeftGradient, Hessian = leaf.Sums.Hessian - split.LeftHessian };
        int direction = directions[split.Feature];
        if (direction == 0)
            return (left, right);
        double middle = 0.5 * (finder.BoundedValue(left.Gradient * pairs.GradientUnit, left.Hessian * pairs.HessianUnit, left)
            + finder.BoundedValue(right.Gradient * pairs.GradientUnit, right.Hessian * pairs.HessianUnit, right));
        return direction > 0
            ? (left with { Upper = middle }, right with { Lower = middle })
            : (left with { Lower = middle }, right with { Upper = middle });
    }

    /// <summary>Counts the child with fewer rows, subtracts it from the parent for the other, and searches both.</summary>
    private void Search(OpenLeaf parent, OpenLeaf left, OpenLeaf right, RowPartition rows, GradientPairs pairs)
    {
        AlignedBuffer<long>? inherited = parent.Histogram;
        parent.Histogram = null;
        (OpenLeaf small, OpenLeaf large) = left.Count <= right.Count ? (left, right) : (right, left);
        if (!CanSplit(small, pairs) && !CanSplit(large, pairs))
        {
            pool.GiveBack(inherited);
            return;
        }
        small.Histogram = inherited is null ? null : pool.Lend();
        if (inherited is null || small.Histogram is null)
        {
            pool.GiveBack(inherited);
            SearchAfresh(small, rows, pairs);
            SearchAfresh(large, rows, pairs);
            return;
        }
        large.Histogram = inherited;
        builder.Count(rows.Rows, small.From, small.Count, pairs.Pointer, small.Histogram);
        ForEachFeature(feature =>
        {
            builder.Collect(feature, small.Histogram);
            Vectors.Subtract(HistogramBuilder.Cells(inherited, feature), HistogramBuilder.Cells(small.Histogram, feature), 2 * (mapper.Features[feature].Count + 1));
            firstBest[feature] = SearchFeature(feature, small.Histogram, small, pairs);
            secondBest[feature] = SearchFeature(feature, inherited, large, pairs);
        });
        small.Best = BestOf(firstBest);
        large.Best = BestOf(secondBest);
    }

    /// <summary>Where memory does not allow to keep the histograms of all open leaves, the spare one serves for the search.</summary>
    private void SearchAfresh(OpenLeaf leaf, RowPartition rows, GradientPairs pairs)
    {
        if (!CanSplit(leaf, pairs))
            return;
        AlignedBuffer<long> histogram = pool.Overdraft;
        builder.Count(rows.Rows, leaf.From, leaf.Count, pairs.Pointer, histogram);
        ForEachFeature(feature =>
        {
            builder.Collect(feature, histogram);
            firstBest[feature] = SearchFeature(feature, histogram, leaf, pairs);
        });
        leaf.Best = BestOf(firstBest);
    }

    private bool CanSplit(OpenLeaf leaf, GradientPairs pairs) =>
        leaf.Count > 1 && leaf.Depth < (options.MaxDepth == 0 ? BoosterFormat.MostDepth : options.MaxDepth)
        && leaf.Sums.Hessian * pairs.HessianUnit >= 2 * options.MinChildWeight;

    private SplitCandidate SearchFeature(int feature, AlignedBuffer<long> histogram, OpenLeaf leaf, GradientPairs pairs)
    {
        SplitCandidate best = new() { Feature = int.MaxValue };
        if (!CanSplit(leaf, pairs))
            return best;
        long* cells = HistogramBuilder.Cells(histogram, feature);
        FeatureBins bins = mapper.Features[feature];
        if (bins.IsCategorical)
            categoricals.Search(cells, bins.Count, feature, leaf.Sums, pairs, bounded, ref best);
        else
            finder.Search(cells, bins.Count, feature, leaf.Sums, pairs, directions[feature], bounded, ref best);
        return best;
    }

    private void ForEachFeature(Action<int> work)
    {
        int features = mapper.Features.Length;
        team.Run((features + FeaturesATask - 1) / FeaturesATask, (task, _) =>
        {
            int end = Math.Min((task + 1) * FeaturesATask, features);
            for (int feature = task * FeaturesATask; feature < end; feature++)
                if (builder.Active[feature])
                    work(feature);
        });
    }

    private SplitCandidate BestOf(SplitCandidate[] candidates)
    {
        SplitCandidate best = new() { Feature = int.MaxValue };
        for (int feature = 0; feature < candidates.Length; feature++)
            if (builder.Active[feature] && candidates[feature].Beats(best))
                best = candidates[feature];
        return best;
    }
}
