namespace CustomerValue.Boosting;

/// <summary>Fills a leaf's histogram: rows are shared out among the team, each thread adds to cells of its own, and the sums meet at the end.</summary>
internal sealed unsafe class HistogramBuilder : IDisposable
{
    /// <summary>Fewer additions than this are done by the caller alone.</summary>
    private const long WorthSharing = 1 << 16;

    private const int LeastChunk = 2048, ChunksAThread = 4;

    private readonly BinnedMatrix _matrix;
    private readonly BinMapper _mapper;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer<long>?[] _locals;
    private readonly bool[] _used;
    private readonly int[][] _wanted;

    public HistogramBuilder(BinnedMatrix matrix, BinMapper mapper, WorkerTeam team)
    {
        _matrix = matrix;
        _mapper = mapper;
        _team = team;
        _locals = new AlignedBuffer<long>?[team.Size];
        _used = new bool[team.Size];
        _wanted = new int[matrix.Tiles][];
    }

    /// <summary>The features of the tree being grown.</summary>
    public bool[] Active
    {
        get;
        set
        {
            field = value;
            for (int tile = 0; tile < _wanted.Length; tile++)
                _wanted[tile] = [.. Enumerable.Range(0, _matrix.FeaturesIn(tile)).Where(feature => value[tile * BinnedMatrix.TileWidth + feature])];
        }
    } = [];

    /// <summary>Counts the rows; the result is whole once <see cref="Collect"/> has run for each feature.</summary>
    /// <param name="rows">Row numbers; null where all rows of the matrix are meant.</param>
    /// <param name="from">First position.</param>
    /// <param name="count">How many.</param>
    /// <param name="pairs">Gradient pairs by row number.</param>
    /// <param name="target">Receives the sums.</param>
    public void Count(int* rows, int from, int count, int* pairs, AlignedBuffer<long> target)
    {
        Array.Clear(_used);
        int features = _mapper.Features.Length;
        bool share = _team.Size > 1 && (long)count * features >= WorthSharing;
        int chunk = share ? Math.Max(LeastChunk, count / (_team.Size * ChunksAThread) + 1) : Math.Max(count, 1);
        int chunks = (count + chunk - 1) / chunk;
        Clear(target);
        _team.Run(chunks * _matrix.Tiles, (task, worker) =>
        {
            long* cells = (worker == 0 ? target : Local(worker)).Pointer;
            int tile = task / chunks, first = from + task % chunks * chunk;
            HistogramKernel.Add(_matrix.Tile(tile), _matrix.Stride(tile), _wanted[tile], rows, first, Math.Min(first + chunk, from + count), pairs,
                cells + (long)tile * BinnedMatrix.TileWidth * HistogramKernel.FeatureStride);
        });
    }

    /// <summary>Adds what other threads counted of one feature.</summary>
    public void Collect(int feature, AlignedBuffer<long> target)
    {
        int longs = 2 * (_mapper.Features[feature].Count + 1);
        for (int worker = 1; worker < _used.Length; worker++)
            if (_used[worker])
                Vectors.Add(Cells(target, feature), Cells(_locals[worker]!, feature), longs);
    }

    public static long* Cells(AlignedBuffer<long> histogram, int feature) => histogram.Pointer + (long)feature * HistogramKernel.FeatureStride;

    public void Dispose()
    {
        foreach (AlignedBuffer<long>? local in _locals)
            local?.Dispose();
    }

    private AlignedBuffer<long> Local(int worker)
    {
        AlignedBuffer<long> local = _locals[worker] ??= new((long)_mapper.Features.Length * HistogramKernel.FeatureStride);
        if (!_used[worker])
        {
            Clear(local);
            _used[worker] = true;
        }
        return local;
    }

    private void Clear(AlignedBuffer<long> histogram)
    {
        for (int feature = 0; feature < _mapper.Features.Length; feature++)
            if (Active[feature])
                new Span<long>(Cells(histogram, feature), 2 * (_mapper.Features[feature].Count + 1)).Clear();
    }
}
