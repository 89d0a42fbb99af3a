using CustomerValue.MLNet.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Serving;

/// <summary>Puts one customer's features, as a prediction engine brings them, before a model that asks for the columns of <see cref="FeatureColumns"/>.</summary>
/// <remarks>Prediction engines need a class known at compile time; which features there are, each version says for itself.</remarks>
/// <param name="model">The model.</param>
/// <param name="columns">Its columns; the engine's vector holds their features in order.</param>
internal sealed class NamedColumns(ITransformer model, FeatureColumns columns) : ITransformer
{
    private readonly DataViewSchema _schema = columns.ToSchema();

    public bool IsRowToRowMapper => model.IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => model.GetOutputSchema(_schema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(model.GetRowToRowMapper(_schema), inputSchema, _schema, columns);

    public IDataView Transform(IDataView input) => throw new NotSupportedException("It answers rows of prediction engines; give tables to the model itself.");

    public void Save(ModelSaveContext ctx) => throw new NotSupportedException("The version's zip is the saved model.");

    private sealed class Mapper(IRowToRowMapper inner, DataViewSchema input, DataViewSchema named, FeatureColumns columns) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => input;

        public DataViewSchema OutputSchema => inner.OutputSchema;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => [input[nameof(FeatureRow.Values)]];

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => inner.GetRow(new NamedRow(input, named, columns), activeColumns);
    }

    /// <summary>The vector's values under their names.</summary>
    private sealed class NamedRow : DataViewRow, IFeatureRow
    {
        private readonly DataViewRow _row;
        private readonly FeatureColumns _columns;
        private readonly ValueGetter<VBuffer<float>> _get;
        private VBuffer<float> _values;
        private long _read = -1;

        public NamedRow(DataViewRow row, DataViewSchema schema, FeatureColumns columns)
        {
            _row = row;
            _columns = columns;
            Schema = schema;
            _get = row.GetGetter<VBuffer<float>>(row.Schema[nameof(FeatureRow.Values)]);
        }

        public override DataViewSchema Schema { get; }

        public override long Position => _row.Position;

        public override long Batch => _row.Batch;

        public float this[int feature]
        {
            get
            {
                if (_read != _row.Position)
                {
                    _get(ref _values);
                    _read = _row.Position;
                }
                return _values.GetItemOrDefault(feature);
            }
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            _columns.Getter(column.Index, this) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue)}.");
    }
}
