namespace CustomerValue.Boosting;

/// <summary>Fills a leaf's histogram: rows are shared out among the team, each thread adds to cells of its own, and the sums meet at the end.</summary>
internal sealed unsafe class HistogramBuilder : IDisposable
{
    /// <summary>Fewer additions than this are done by the caller alone.</summary>
    private const long WorthSharing = 1 << 16;

    private const int LeastChunk = 2048, ChunksAThread = 4;

    private readonly BinnedMatrix _matrix;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer<long>?[] _locals;
    private readonly bool[] _used;
    private readonly int[][] _wanted;
    private readonly bool[] _columns;

    public HistogramBuilder(BinnedMatrix matrix, WorkerTeam team)
    {
        _matrix = matrix;
        _team = team;
        _locals = new AlignedBuffer<long>?[team.Size];
        _used = new bool[team.Size];
        _wanted = new int[matrix.Tiles][];
        _columns = new bool[matrix.Columns.Length];
    }

    /// <summary>The features of the tree being grown.</summary>
    public bool[] Active
    {
        get;
        set
        {
            field = value;
            for (int column = 0; column < _columns.Length; column++)
                _columns[column] = Array.Exists(_matrix.Members[column], feature => value[feature]);
            for (int tile = 0; tile < _wanted.Length; tile++)
                _wanted[tile] = [.. Enumerable.Range(0, _matrix.ColumnsIn(tile)).Where(place => _columns[tile * BinnedMatrix.TileWidth + place])];
        }
    } = [];

    /// <summary>Whether a column holds any feature of the tree being grown.</summary>
    public bool IsActive(int column) => _columns[column];

    /// <summary>Counts the rows; the result is whole once <see cref="Collect"/> has run for each column.</summary>
    /// <param name="rows">Row numbers; null where all rows of the matrix are meant.</param>
    /// <param name="from">First position.</param>
    /// <param name="count">How many.</param>
    /// <param name="pairs">Gradient pairs by row number.</param>
    /// <param name="target">Receives the sums.</param>
    public void Count(int* rows, int from, int count, int* pairs, AlignedBuffer<long> target)
    {
        Array.Clear(_used);
        bool share = _team.Size > 1 && (long)count * _columns.Length >= WorthSharing;
        int chunk = share ? Math.Max(LeastChunk, count / (_team.Size * ChunksAThread) + 1) : Math.Max(count, 1);
        int chunks = (count + chunk - 1) / chunk;
        Clear(target);
        _team.Run(chunks * _matrix.Tiles, (task, worker) =>
        {
            long* cells = (worker == 0 ? target : Local(worker)).Pointer;
            int tile = task / chunks, first = from + task % chunks * chunk;
            HistogramKernel.Add(_matrix.Tile(tile), _matrix.Stride(tile), _wanted[tile], rows, first, Math.Min(first + chunk, from + count), pairs,
                cells + (long)tile * BinnedMatrix.TileWidth * HistogramKernel.ColumnStride);
        });
    }

    /// <summary>Adds what other threads counted of one column.</summary>
    public void Collect(int column, AlignedBuffer<long> target)
    {
        int longs = 2 * _matrix.Codes[column];
        for (int worker = 1; worker < _used.Length; worker++)
            if (_used[worker])
                Vectors.Add(Cells(target, column), Cells(_locals[worker]!, column), longs);
    }

    public static long* Cells(AlignedBuffer<long> histogram, int column) => histogram.Pointer + (long)column * HistogramKernel.ColumnStride;

    public void Dispose()
    {
        foreach (AlignedBuffer<long>? local in _locals)
            local?.Dispose();
    }

    private AlignedBuffer<long> Local(int worker)
    {
        AlignedBuffer<long> local = _locals[worker] ??= new((long)_columns.Length * HistogramKernel.ColumnStride);
        if (!_used[worker])
        {
            Clear(local);
            _used[worker] = true;
        }
        return local;
    }

    private void Clear(AlignedBuffer<long> histogram)
    {
        for (int column = 0; column < _columns.Length; column++)
            if (_columns[column])
                new Span<long>(Cells(histogram, column), 2 * _matrix.Codes[column]).Clear();
    }
}
