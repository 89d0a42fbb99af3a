using CustomerValue.Boosting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.LightGbm.Trainers;

/// <summary>The columns of an <c>IDataView</c> that boosting learns from.</summary>
internal static class TrainingColumns
{
    /// <param name="view">The rows.</param>
    /// <param name="features">A vector of <c>Single</c> of known size.</param>
    /// <param name="label">A <c>Single</c> or a <c>Boolean</c>.</param>
    /// <param name="prior">A <c>Single</c> or a <c>Double</c> on the scale of the label, or null.</param>
    /// <param name="margin">From a prior to where a raw score starts.</param>
    /// <exception cref="ArgumentException">A column is not there or of another type.</exception>
    public static TrainingRows Read(IDataView view, string features, string label, string? prior, Func<double, double> margin)
    {
        DataViewSchema.Column vector = Find(view, features), labels = Find(view, label);
        if (vector.Type is not VectorDataViewType { Size: > 0 and int size, ItemType: NumberDataViewType { RawType: { } raw } } || raw != typeof(float))
            throw new ArgumentException($"Column '{features}' holds {vector.Type}, expected a vector of Single of known size.", nameof(features));
        DataViewSchema.Column? start = prior is null ? null : Find(view, prior);
        List<float>[] columns = [.. Enumerable.Range(0, size).Select(_ => new List<float>())];
        List<float> found = [];
        List<double> margins = [];
        using DataViewRowCursor cursor = view.GetRowCursor(start is { } known ? [vector, labels, known] : [vector, labels]);
        ValueGetter<VBuffer<float>> getVector = cursor.GetGetter<VBuffer<float>>(vector);
        Func<double> getLabel = Number(cursor, labels), getPrior = start is { } column ? Number(cursor, column) : () => double.NaN;
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            getVector(ref values);
            foreach (KeyValuePair<int, float> slot in values.Items(all: true))
                columns[slot.Key].Add(slot.Value);
            found.Add((float)getLabel());
            if (start is not null)
                margins.Add(margin(getPrior()));
        }
        BoostingData data = new([.. columns.Select((column, slot) => FeatureColumn.Numeric($"slot_{slot}", column.ToArray()))]);
        return new TrainingRows(data, found.ToArray(), default, margins.ToArray());
    }

    private static DataViewSchema.Column Find(IDataView view, string name) => view.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentException($"Found no column '{name}', expected it among {string.Join(", ", view.Schema.Select(column => column.Name).Distinct())}.", nameof(name));

    private static Func<double> Number(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        if (column.Type == NumberDataViewType.Single)
            return From<float>(cursor, column, value => value);
        if (column.Type == NumberDataViewType.Double)
            return From<double>(cursor, column, value => value);
        return column.Type == BooleanDataViewType.Instance ? From<bool>(cursor, column, value => value ? 1 : 0)
            : throw new ArgumentException($"Column '{column.Name}' holds {column.Type}, expected Single, Double or Boolean.", nameof(column));
    }

    private static Func<double> From<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, double> number)
    {
        ValueGetter<T> get = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return number(value);
        };
    }
}
