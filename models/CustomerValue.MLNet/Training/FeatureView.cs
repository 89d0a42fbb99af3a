using CustomerValue.Data.Features;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Training;

/// <summary>Feature tables below one another as ML.NET sees data: a <c>Single</c> column a feature, read in place, and labels behind them.</summary>
/// <remarks>Nothing is copied and no row is an object: a getter reads the float of its column at the cursor's row.</remarks>
internal sealed class FeatureView : IDataView
{
    private readonly IReadOnlyList<FeatureTable> _tables;
    private readonly (string Name, float[] Values)[] _labels;
    private readonly int _features;
    private readonly int _rows;

    /// <param name="tables">Tables of one schema.</param>
    /// <param name="labels">Columns to learn from, a value a row; <see cref="FastTreeLabels.Churned"/> is told as a Boolean. None for scoring.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">A feature is infinite: FastTree would score it without a word.</exception>
    public FeatureView(IReadOnlyList<FeatureTable> tables, params (string Name, float[] Values)[] labels)
    {
        _tables = tables;
        _labels = labels;
        _features = tables[0].Schema.Count;
        _rows = tables.Sum(table => table.RowCount);
        foreach (FeatureTable table in tables)
            FiniteFeatures.Check(table);
        DataViewSchema.Builder builder = new();
        foreach (FeatureDefinition feature in tables[0].Schema.Features)
            builder.AddColumn(feature.Name, NumberDataViewType.Single);
        foreach ((string name, _) in labels)
            builder.AddColumn(name, name == FastTreeLabels.Churned ? BooleanDataViewType.Instance : NumberDataViewType.Single);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly FeatureView _view;
        private readonly bool[] _active;
        private long _position = -1;
        private int _table;
        private int _rowOfTable = -1;

        public Cursor(FeatureView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
        {
            _view = view;
            _active = new bool[view.Schema.Count];
            foreach (DataViewSchema.Column column in columnsNeeded)
                _active[column.Index] = true;
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override bool MoveNext()
        {
            if (_position + 1 >= _view._rows)
                return false;
            _position++;
            _rowOfTable++;
            while (_rowOfTable >= _view._tables[_table].RowCount)
            {
                _table++;
                _rowOfTable = 0;
            }
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int index = column.Index;
            Delegate getter;
            if (index < _view._features)
                getter = (ValueGetter<float>)((ref float value) => value = _view._tables[_table].Column(index).Span[_rowOfTable]);
            else
            {
                float[] values = _view._labels[index - _view._features].Values;
                getter = column.Type is BooleanDataViewType
                    ? (ValueGetter<bool>)((ref bool value) => value = values[_position] != 0)
                    : (ValueGetter<float>)((ref float value) => value = values[_position]);
            }
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue)}.");
        }
    }
}
