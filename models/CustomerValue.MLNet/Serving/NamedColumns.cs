using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Serving;

/// <summary>Puts one vector of features, as a prediction engine brings it, before a model that asks for a column a feature.</summary>
/// <remarks>Prediction engines need a class known at compile time; which features there are, each version says for itself.</remarks>
/// <param name="model">The model.</param>
/// <param name="names">Its columns in the order of the vector.</param>
internal sealed class NamedColumns(ITransformer model, IReadOnlyList<string> names) : ITransformer
{
    private readonly DataViewSchema _schema = SchemaOf(names);

    public bool IsRowToRowMapper => model.IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => model.GetOutputSchema(_schema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(model.GetRowToRowMapper(_schema), inputSchema, _schema);

    public IDataView Transform(IDataView input) => throw new NotSupportedException("It answers rows of prediction engines; give tables to the model itself.");

    public void Save(ModelSaveContext ctx) => throw new NotSupportedException("The version's zip is the saved model.");

    private static DataViewSchema SchemaOf(IReadOnlyList<string> names)
    {
        DataViewSchema.Builder builder = new();
        foreach (string name in names)
            builder.AddColumn(name, NumberDataViewType.Single);
        return builder.ToSchema();
    }

    private sealed class Mapper(IRowToRowMapper inner, DataViewSchema input, DataViewSchema named) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => input;

        public DataViewSchema OutputSchema => inner.OutputSchema;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => [input[nameof(FeatureRow.Features)]];

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => inner.GetRow(new Row(input, named), activeColumns);
    }

    /// <summary>The vector's values under their names.</summary>
    private sealed class Row : DataViewRow
    {
        private readonly DataViewRow _row;
        private readonly ValueGetter<VBuffer<float>> _get;
        private VBuffer<float> _values;
        private long _read = -1;

        public Row(DataViewRow row, DataViewSchema schema)
        {
            _row = row;
            Schema = schema;
            _get = row.GetGetter<VBuffer<float>>(row.Schema[nameof(FeatureRow.Features)]);
        }

        public override DataViewSchema Schema { get; }

        public override long Position => _row.Position;

        public override long Batch => _row.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int index = column.Index;
            ValueGetter<float> getter = (ref float value) =>
            {
                if (_read != _row.Position)
                {
                    _get(ref _values);
                    _read = _row.Position;
                }
                value = _values.GetItemOrDefault(index);
            };
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column {column.Name} holds {column.Type}, not {typeof(TValue)}.");
        }
    }
}
