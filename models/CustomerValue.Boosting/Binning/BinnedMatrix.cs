namespace CustomerValue.Boosting;

/// <summary>A table as one byte a value, laid out twice.</summary>
/// <remarks>
/// <c>Columns</c> keeps a feature's bins together: splitting a leaf reads one feature of many rows.
/// <c>Tile</c> keeps up to 32 features of a row together, half a cache line: filling histograms reads every feature of a row, and the rows of
/// a small leaf lie far apart, so that one line brings all that is needed of a row.
/// </remarks>
internal sealed unsafe class BinnedMatrix : IDisposable
{
    /// <summary>Features in a tile, and so bytes in a row of a tile.</summary>
    public const int TileWidth = 32;

    private const int RowBlock = 4096;

    private readonly byte[][] _columns;
    private readonly AlignedBuffer<byte>[] _tiles;

    /// <param name="data">Columns in the mapper's order; level codes already those of training.</param>
    /// <param name="mapper">The bins.</param>
    /// <param name="team">Who does the work.</param>
    /// <param name="withTiles">Whether histograms will be filled from it.</param>
    /// <param name="known">The bins of columns that are known already, null for others; or null.</param>
    public BinnedMatrix(BoostingData data, BinMapper mapper, WorkerTeam team, bool withTiles, byte[]?[]? known = null)
    {
        Rows = data.RowCount;
        _columns = new byte[data.Columns.Count][];
        team.Run(_columns.Length, (feature, _) =>
        {
            if (known?[feature] is { } bins)
            {
                _columns[feature] = bins;
                return;
            }
            _columns[feature] = new byte[Rows];
            mapper.Features[feature].Encode(data.Columns[feature].Values.Span, _columns[feature]);
        });
        _tiles = new AlignedBuffer<byte>[withTiles ? (_columns.Length + TileWidth - 1) / TileWidth : 0];
        for (int tile = 0; tile < _tiles.Length; tile++)
            _tiles[tile] = new((long)Rows * Stride(tile));
        int blocks = (Rows + RowBlock - 1) / RowBlock;
        team.Run(_tiles.Length * blocks, (task, _) => FillTile(task / blocks, task % blocks * RowBlock));
    }

    public int Rows { get; }

    public int Tiles => _tiles.Length;

    public ReadOnlySpan<byte> Column(int feature) => _columns[feature];

    public byte[][] Columns => _columns;

    public byte* Tile(int tile) => _tiles[tile].Pointer;

    public int FeaturesIn(int tile) => Math.Min(TileWidth, _columns.Length - tile * TileWidth);

    /// <summary>Bytes from one row of a tile to the next: its features rounded up to 8, so that they are read as 64-bit words.</summary>
    public int Stride(int tile) => (FeaturesIn(tile) + 7) & ~7;

    public void Dispose()
    {
        foreach (AlignedBuffer<byte> tile in _tiles)
            tile.Dispose();
    }

    private void FillTile(int tile, int from)
    {
        int to = Math.Min(from + RowBlock, Rows), stride = Stride(tile), features = FeaturesIn(tile);
        for (int feature = 0; feature < features; feature++)
        {
            byte[] column = _columns[tile * TileWidth + feature];
            byte* target = Tile(tile) + (long)from * stride + feature;
            for (int row = from; row < to; row++, target += stride)
                *target = column[row];
        }
    }
}
