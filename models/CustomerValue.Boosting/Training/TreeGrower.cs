using System.Runtime.CompilerServices;

namespace CustomerValue.Boosting;

/// <summary>Grows one tree leaf by leaf, the most gainful first (Shi 2007), on binned rows.</summary>
internal sealed unsafe class TreeGrower : IDisposable
{
    private const int FeaturesATask = 4, MostBins = 256;

    private readonly BinnedMatrix _matrix;
    private readonly BinMapper _mapper;
    private readonly BoosterOptions _options;
    private readonly WorkerTeam _team;
    private readonly SplitFinder _finder;
    private readonly CategoricalSplits _categoricals;
    private readonly HistogramBuilder _builder;
    private readonly HistogramPool _pool;
    private readonly int[] _directions;
    private readonly (int From, int To)[] _tasks;
    private readonly bool _bounded;
    private readonly double _maxStep;
    private readonly SplitCandidate[] _firstBest;
    private readonly SplitCandidate[] _secondBest;
    private readonly List<TreeNode> _nodes = [];
    private readonly List<byte> _splitBins = [];
    private readonly List<ulong> _sets = [];

    public TreeGrower(BinnedMatrix matrix, BinMapper mapper, BoosterOptions options, int[] directions, WorkerTeam team)
    {
        _matrix = matrix;
        _mapper = mapper;
        _options = options;
        _team = team;
        _directions = directions;
        _bounded = Array.Exists(directions, direction => direction != 0);
        _maxStep = options.MaxLeafStep ?? options.Objective.MaxLeafStep;
        _finder = new(options);
        _categoricals = new(_finder, options);
        _builder = new(matrix, team);
        _pool = new(matrix.Columns.Length);
        _tasks = Tasks(matrix.Members);
        _firstBest = new SplitCandidate[mapper.Features.Length];
        _secondBest = new SplitCandidate[mapper.Features.Length];
    }

    public void Dispose()
    {
        _builder.Dispose();
        _pool.Dispose();
    }

    public GrownTree Grow(RowPartition rows, GradientPairs pairs, bool[] activeFeatures)
    {
        _nodes.Clear();
        _splitBins.Clear();
        _sets.Clear();
        _builder.Active = activeFeatures;
        List<OpenLeaf> leaves = [];
        PriorityQueue<OpenLeaf, (double Loss, int Node)> open = new();
        Enqueue(Root(rows, pairs), leaves, open);
        while (leaves.Count < _options.MaxLeaves && open.TryDequeue(out OpenLeaf? leaf, out _))
        {
            leaves.Remove(leaf);
            (OpenLeaf left, OpenLeaf right) = Split(leaf, rows, pairs);
            bool last = leaves.Count + 2 == _options.MaxLeaves;
            if (last)
                _pool.GiveBack(leaf.Histogram);
            else
                Search(leaf, left, right, rows, pairs);
            Enqueue(left, leaves, open);
            Enqueue(right, leaves, open);
        }
        foreach (OpenLeaf leaf in leaves)
            _pool.GiveBack(leaf.Histogram);
        return new(new([.. _nodes], [.. _sets]), [.. _splitBins], leaves);
    }

    private void Enqueue(OpenLeaf leaf, List<OpenLeaf> leaves, PriorityQueue<OpenLeaf, (double, int)> open)
    {
        leaves.Add(leaf);
        if (leaf.Best.Gain > 0)
            open.Enqueue(leaf, (-leaf.Best.Gain, leaf.Node));
        else
        {
            _pool.GiveBack(leaf.Histogram);
            leaf.Histogram = null;
        }
    }

    private OpenLeaf Root(RowPartition rows, GradientPairs pairs)
    {
        AlignedBuffer<long> histogram = _pool.Lend()!;
        bool all = rows.Count == _matrix.Rows;
        _builder.Count(all ? null : rows.Rows, 0, rows.Count, pairs.Pointer, histogram);
        int any = _matrix.Places[Array.IndexOf(_builder.Active, true)].Column;
        _builder.Collect(any, histogram);
        long gradient = 0, hessian = 0;
        long* cells = HistogramBuilder.Cells(histogram, any);
        for (int code = 0; code < _matrix.Codes[any]; code++)
        {
            gradient += cells[2 * code];
            hessian += cells[2 * code + 1];
        }
        OpenLeaf root = NewLeaf((0, rows.Count), (rows.Count, rows.OtherCount), 0, LeafSums.Unbounded(gradient, hessian), pairs);
        root.Histogram = histogram;
        ForEachColumn(column =>
        {
            if (column != any)
                _builder.Collect(column, histogram);
            SearchColumn(column, histogram, root, pairs, _firstBest);
        });
        root.Best = BestOf(_firstBest);
        return root;
    }

    private OpenLeaf NewLeaf((int From, int Count) drawn, (int From, int Count) other, int depth, LeafSums sums, GradientPairs pairs, double extraLambda = 0)
    {
        double gradient = sums.Gradient * pairs.GradientUnit, hessian = sums.Hessian * pairs.HessianUnit;
        double value = Math.Clamp(_finder.BoundedValue(gradient, hessian, sums, extraLambda), -_maxStep, _maxStep) * _options.LearningRate;
        _nodes.Add(new TreeNode { Set = TreeNode.NoSet, Value = (float)value, Cover = (float)hessian });
        _splitBins.Add(0);
        return new OpenLeaf { Node = _nodes.Count - 1, From = drawn.From, Count = drawn.Count, OtherFrom = other.From, OtherCount = other.Count, Depth = depth, Sums = sums };
    }

    private (OpenLeaf Left, OpenLeaf Right) Split(OpenLeaf leaf, RowPartition rows, GradientPairs pairs)
    {
        SplitCandidate split = leaf.Best;
        FeatureBins bins = _mapper.Features[split.Feature];
        FeaturePlace place = _matrix.Places[split.Feature];
        int count = rows.Split(leaf.From, leaf.Count, _matrix.Columns[place.Column], place, split, bins.Missing);
        int others = rows.Split(leaf.OtherFrom, leaf.OtherCount, _matrix.Columns[place.Column], place, split, bins.Missing);
        (LeafSums leftSums, LeafSums rightSums) = ChildSums(leaf, split, pairs);
        TreeNode node = _nodes[leaf.Node];
        node.Left = _nodes.Count;
        node.Feature = split.Feature;
        node.MissingLeft = split.MissingLeft;
        node.Gain = (float)split.Gain;
        if (split.RightBins is null)
            node.Threshold = bins.Cuts[split.Bin];
        else
        {
            node.Set = _sets.Count / Tree.SetWords;
            _sets.AddRange(split.RightBins);
        }
        _nodes[leaf.Node] = node;
        _splitBins[leaf.Node] = (byte)split.Bin;
        OpenLeaf left = NewLeaf((leaf.From, count), (leaf.OtherFrom, others), leaf.Depth + 1, leftSums, pairs, split.ExtraLambda);
        OpenLeaf right = NewLeaf((leaf.From + count, leaf.Count - count), (leaf.OtherFrom + others, leaf.OtherCount - others), leaf.Depth + 1, rightSums, pairs, split.ExtraLambda);
        return (left, right);
    }

    /// <summary>Children inherit bounds; a split on a constrained feature puts the middle of the two values between them.</summary>
    private (LeafSums Left, LeafSums Right) ChildSums(OpenLeaf leaf, in SplitCandidate split, GradientPairs pairs)
    {
        LeafSums left = leaf.Sums with { Gradient = split.LeftGradient, Hessian = split.LeftHessian };
        LeafSums right = leaf.Sums with { Gradient = leaf.Sums.Gradient - split.LeftGradient, Hessian = leaf.Sums.Hessian - split.LeftHessian };
        int direction = _directions[split.Feature];
        if (direction == 0)
            return (left, right);
        double middle = 0.5 * (_finder.BoundedValue(left.Gradient * pairs.GradientUnit, left.Hessian * pairs.HessianUnit, left)
            + _finder.BoundedValue(right.Gradient * pairs.GradientUnit, right.Hessian * pairs.HessianUnit, right));
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
            _pool.GiveBack(inherited);
            return;
        }
        small.Histogram = inherited is null ? null : _pool.Lend();
        if (inherited is null || small.Histogram is null)
        {
            _pool.GiveBack(inherited);
            SearchAfresh(small, rows, pairs);
            SearchAfresh(large, rows, pairs);
            return;
        }
        large.Histogram = inherited;
        _builder.Count(rows.Rows, small.From, small.Count, pairs.Pointer, small.Histogram);
        ForEachColumn(column =>
        {
            _builder.Collect(column, small.Histogram);
            Vectors.Subtract(HistogramBuilder.Cells(inherited, column), HistogramBuilder.Cells(small.Histogram, column), 2 * _matrix.Codes[column]);
            SearchColumn(column, small.Histogram, small, pairs, _firstBest);
            SearchColumn(column, inherited, large, pairs, _secondBest);
        });
        small.Best = BestOf(_firstBest);
        large.Best = BestOf(_secondBest);
    }

    /// <summary>Where memory does not allow to keep the histograms of all open leaves, the spare one serves for the search.</summary>
    private void SearchAfresh(OpenLeaf leaf, RowPartition rows, GradientPairs pairs)
    {
        if (!CanSplit(leaf, pairs))
            return;
        AlignedBuffer<long> histogram = _pool.Overdraft;
        _builder.Count(rows.Rows, leaf.From, leaf.Count, pairs.Pointer, histogram);
        ForEachColumn(column =>
        {
            _builder.Collect(column, histogram);
            SearchColumn(column, histogram, leaf, pairs, _firstBest);
        });
        leaf.Best = BestOf(_firstBest);
    }

    private bool CanSplit(OpenLeaf leaf, GradientPairs pairs) =>
        leaf.Count > 1 && leaf.Depth < (_options.MaxDepth == 0 ? Tree.MostDepth : _options.MaxDepth)
        && leaf.Sums.Hessian * pairs.HessianUnit >= 2 * _options.MinChildWeight;

    private void SearchColumn(int column, AlignedBuffer<long> histogram, OpenLeaf leaf, GradientPairs pairs, SplitCandidate[] found)
    {
        bool splits = CanSplit(leaf, pairs);
        long* cells = HistogramBuilder.Cells(histogram, column);
        foreach (int feature in _matrix.Members[column])
        {
            found[feature] = new() { Feature = int.MaxValue };
            if (splits && _builder.Active[feature])
                SearchFeature(feature, cells, leaf, pairs, ref found[feature]);
        }
    }

    /// <param name="feature">The feature.</param>
    /// <param name="cells">Cells of its column.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="pairs">The units of the sums.</param>
    /// <param name="best">Receives the best split.</param>
    [SkipLocalsInit]
    private void SearchFeature(int feature, long* cells, OpenLeaf leaf, GradientPairs pairs, ref SplitCandidate best)
    {
        long* own = stackalloc long[2 * MostBins];
        FeatureBins bins = _mapper.Features[feature];
        FeaturePlace place = _matrix.Places[feature];
        if (place.IsShared)
        {
            if (!place.Unbundle(cells, leaf.Sums.Gradient, leaf.Sums.Hessian, bins.Count + 1, own))
                return;
            cells = own;
        }
        if (bins.IsCategorical)
            _categoricals.Search(cells, bins.Count, feature, leaf.Sums, pairs, _bounded, ref best);
        else
            _finder.Search(cells, bins.Count, feature, leaf.Sums, pairs, _directions[feature], _bounded, ref best);
    }

    private void ForEachColumn(Action<int> work) => _team.Run(_tasks.Length, (task, _) =>
    {
        for (int column = _tasks[task].From; column < _tasks[task].To; column++)
            if (_builder.IsActive(column))
                work(column);
    });

    /// <summary>Ranges of columns that hold enough features to be worth a task.</summary>
    private static (int From, int To)[] Tasks(int[][] members)
    {
        List<(int, int)> tasks = [];
        for (int from = 0, to = 0; from < members.Length; from = to)
        {
            for (int features = 0; to < members.Length && features < FeaturesATask; to++)
                features += members[to].Length;
            tasks.Add((from, to));
        }
        return [.. tasks];
    }

    private SplitCandidate BestOf(SplitCandidate[] candidates)
    {
        SplitCandidate best = new() { Feature = int.MaxValue };
        for (int feature = 0; feature < candidates.Length; feature++)
            if (_builder.Active[feature] && candidates[feature].Beats(best))
                best = candidates[feature];
        return best;
    }
}
