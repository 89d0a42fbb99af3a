namespace CustomerValue.Boosting;

/// <summary>A table as one byte a value, laid out twice.</summary>
/// <remarks>
/// <c>Columns</c> keeps a feature's bins together, or those of a bundle of features: splitting a leaf reads one column of many rows.
/// <c>Tile</c> keeps up to 32 columns of a row together, half a cache line: filling histograms reads every column of a row, and the rows of
/// a small leaf lie far apart, so that one line brings all that is needed of a row.
/// </remarks>
internal sealed unsafe class BinnedMatrix : IDisposable
{
    /// <summary>Columns in a tile, and so bytes in a row of a tile.</summary>
    public const int TileWidth = 32;

    private const int RowBlock = 4096;

    private readonly byte[][] _columns;
    private readonly AlignedBuffer<byte>[] _tiles;

    /// <param name="data">Columns in the mapper's order; level codes already those of training.</param>
    /// <param name="mapper">The bins.</param>
    /// <param name="team">Who does the work.</param>
    /// <param name="withTiles">Whether histograms will be filled from it; if not, each feature has its own column at its own number.</param>
    /// <param name="known">The bins of columns that are known already, null for others; or null.</param>
    public BinnedMatrix(BoostingData data, BinMapper mapper, WorkerTeam team, bool withTiles, byte[]?[]? known = null)
    {
        Rows = data.RowCount;
        byte[]?[] dense = new byte[data.Columns.Count][], spare = new byte[team.Size][];
        SparseBins?[] sparse = new SparseBins?[dense.Length];
        team.Run(dense.Length, (feature, worker) =>
        {
            if (known?[feature] is { } bins)
            {
                dense[feature] = bins;
                return;
            }
            byte[] column = spare[worker] ?? new byte[Rows];
            mapper.Features[feature].Encode(data.Columns[feature].Values.Span, column);
            sparse[feature] = withTiles ? SparseBins.Of(column) : null;
            dense[feature] = sparse[feature] is null ? column : null;
            spare[worker] = sparse[feature] is null ? null : column;
        });
        Members = FeatureBundles.Find(sparse, mapper.Features, Rows);
        Places = FeatureBundles.Places(Members, sparse, mapper.Features);
        _columns = new byte[Members.Length][];
        team.Run(_columns.Length, (column, _) => _columns[column] = Members[column] is [int alone]
            ? dense[alone] ?? sparse[alone]!.Dense(Rows) : Shared(Members[column], sparse));
        Codes = [.. Members.Select(members => members is [int alone] ? mapper.Features[alone].Count + 1 : 1 + members.Sum(feature => Places[feature].Codes))];
        _tiles = new AlignedBuffer<byte>[withTiles ? (_columns.Length + TileWidth - 1) / TileWidth : 0];
        for (int tile = 0; tile < _tiles.Length; tile++)
            _tiles[tile] = new((long)Rows * Stride(tile));
        int blocks = (Rows + RowBlock - 1) / RowBlock;
        team.Run(_tiles.Length * blocks, (task, _) => FillTile(task / blocks, task % blocks * RowBlock));
    }

    public int Rows { get; }

    public int Tiles => _tiles.Length;

    /// <summary>A byte a row: the bins of a feature, or the codes of a bundle.</summary>
    public byte[][] Columns => _columns;

    /// <summary>The features of each column, ascending.</summary>
    public int[][] Members { get; }

    /// <summary>How many codes each column may hold: cells of its histogram.</summary>
    public int[] Codes { get; }

    /// <summary>Where each feature stands.</summary>
    public FeaturePlace[] Places { get; }

    /// <summary>The bins of a feature that has a column of its own; null for others.</summary>
    public byte[]? Own(int feature) => Places[feature].IsShared ? null : _columns[Places[feature].Column];

    public byte* Tile(int tile) => _tiles[tile].Pointer;

    public int ColumnsIn(int tile) => Math.Min(TileWidth, _columns.Length - tile * TileWidth);

    /// <summary>Bytes from one row of a tile to the next: its columns rounded up to 8, so that they are read as 64-bit words.</summary>
    public int Stride(int tile) => (ColumnsIn(tile) + 7) & ~7;

    public void Dispose()
    {
        foreach (AlignedBuffer<byte> tile in _tiles)
            tile.Dispose();
    }

    private byte[] Shared(int[] features, SparseBins?[] sparse)
    {
        byte[] column = new byte[Rows];
        foreach (int feature in features)
        {
            SparseBins bins = sparse[feature]!;
            for (int i = 0; i < bins.Rows.Length; i++)
                column[bins.Rows[i]] = (byte)Places[feature].CodeOf(bins.Bins[i]);
        }
        return column;
    }

    private void FillTile(int tile, int from)
    {
        int to = Math.Min(from + RowBlock, Rows), stride = Stride(tile), columns = ColumnsIn(tile);
        for (int place = 0; place < columns; place++)
        {
            byte[] column = _columns[tile * TileWidth + place];
            byte* target = Tile(tile) + (long)from * stride + place;
            for (int row = from; row < to; row++, target += stride)
                *target = column[row];
        }
    }
}
