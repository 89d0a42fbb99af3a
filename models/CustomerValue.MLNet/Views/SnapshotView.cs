using CustomerValue.Data.Features;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Views;

/// <summary>Feature tables below one another as ML.NET sees data, and what else is known of their rows. Nothing is copied and no row is an object: getters read the tables where they lie.</summary>
internal sealed class SnapshotView : IDataView
{
    private readonly IReadOnlyList<FeatureTable> _tables;
    private readonly ReadOnlyMemory<float>[][] _values;
    private readonly FeatureColumns _features;
    private readonly ViewColumn[] _before, _after;
    private readonly int _rows;

    /// <param name="tables">Tables of one schema.</param>
    /// <param name="before">Columns that stand before the features.</param>
    /// <param name="after">Columns that stand behind them.</param>
    public SnapshotView(IReadOnlyList<FeatureTable> tables, IReadOnlyList<ViewColumn>? before = null, IReadOnlyList<ViewColumn>? after = null)
    {
        _tables = tables;
        _features = FeatureColumns.Of(tables[0].Schema);
        if (tables.Any(table => table.Schema.Hash != tables[0].Schema.Hash))
            throw new ArgumentException("The tables have different features, expected snapshots made by one builder.", nameof(tables));
        _values = [.. tables.Select(table => Enumerable.Range(0, table.Schema.Count).Select(table.Column).ToArray())];
        _before = [.. before ?? []];
        _after = [.. after ?? []];
        _rows = tables.Sum(table => table.RowCount);
        DataViewSchema.Builder schema = new();
        foreach (ViewColumn column in _before)
            schema.AddColumn(column.Name, column.Type);
        _features.AddTo(schema);
        foreach (ViewColumn column in _after)
            schema.AddColumn(column.Name, column.Type);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor : DataViewRowCursor, IFeatureRow, IViewPlace
    {
        private readonly SnapshotView _view;
        private readonly bool[] _active;
        private long _position = -1;

        public Cursor(SnapshotView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
        {
            _view = view;
            _active = new bool[view.Schema.Count];
            foreach (DataViewSchema.Column column in columnsNeeded)
                _active[column.Index] = true;
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _view.Schema;

        public int Table { get; private set; }

        public int Row { get; private set; } = -1;

        public float this[int feature] => _view._values[Table][feature].Span[Row];

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override bool MoveNext()
        {
            if (_position + 1 >= _view._rows)
                return false;
            _position++;
            Row++;
            while (Row >= _view._tables[Table].RowCount)
            {
                Table++;
                Row = 0;
            }
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int feature = column.Index - _view._before.Length, after = feature - _view._features.Features.Count - 1;
            Delegate getter = feature < 0 ? _view._before[column.Index].Getter(this) : after < 0 ? _view._features.Getter(feature, this) : _view._after[after].Getter(this);
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue)}.");
        }
    }
}
