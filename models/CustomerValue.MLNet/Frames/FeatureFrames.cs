using CustomerValue.Data.Features;
using CustomerValue.Models.Snapshots;
using Microsoft.Data.Analysis;

namespace CustomerValue.MLNet;

/// <summary>Feature tables as data frames, for notebooks, and back.</summary>
public static class FeatureFrames
{
    /// <summary>A column a feature in the order of the schema: numbers as <c>Single</c>, levels by their names; missing values are null.</summary>
    public static DataFrame ToDataFrame(this FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new DataFrame(table.Schema.Features.Select<FeatureDefinition, DataFrameColumn>((feature, f) => feature.Kind == FeatureKind.Categorical
            ? Levels(feature, table.Column(f).Span) : Numbers(feature.Name, table.Column(f).Span)));
    }

    /// <summary>
    /// A snapshot as a frame: <c>customer_id</c>, <c>cutoff</c>, the features, and where what happened within the horizon is known <c>outcome_churned</c>, <c>outcome_purchases</c> and
    /// <c>outcome_spend</c>, as in <see cref="FeatureViews.ToDataView(Snapshot)"/>.
    /// </summary>
    public static DataFrame ToDataFrame(this Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        DataFrame frame = snapshot.Features.ToDataFrame();
        frame.Columns.Insert(0, new StringDataFrameColumn(SnapshotNames.CustomerId, Enumerable.Range(0, snapshot.Count).Select(snapshot.Aggregates.CustomerId)));
        frame.Columns.Insert(1, new DateTimeDataFrameColumn(SnapshotNames.Cutoff, Enumerable.Repeat(snapshot.Window.Cutoff.ToDateTime(TimeOnly.MinValue), snapshot.Count)));
        if (snapshot.Outcomes is { } outcomes)
        {
            frame.Columns.Add(new BooleanDataFrameColumn(SnapshotNames.Churned, outcomes.Churned.ToArray()));
            frame.Columns.Add(new SingleDataFrameColumn(SnapshotNames.Purchases, Array.ConvertAll(outcomes.Purchases.ToArray(), value => (float)value)));
            frame.Columns.Add(new SingleDataFrameColumn(SnapshotNames.Spend, Array.ConvertAll(outcomes.Spend.ToArray(), value => (float)value)));
        }
        return frame;
    }

    /// <summary>The table of a frame that holds the schema's columns, in any order and among others.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, or a level is not the schema's.</exception>
    public static FeatureTable ToFeatureTable(this DataFrame frame, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(schema);
        return FeatureTable.From(schema, [.. schema.Features.Select(feature => ColumnOf(frame, feature))]);
    }

    private static SingleDataFrameColumn Numbers(string name, ReadOnlySpan<float> values)
    {
        SingleDataFrameColumn column = new(name, values.Length);
        for (int i = 0; i < values.Length; i++)
            column[i] = float.IsNaN(values[i]) ? null : values[i];
        return column;
    }

    private static StringDataFrameColumn Levels(FeatureDefinition feature, ReadOnlySpan<float> codes)
    {
        StringDataFrameColumn column = new(feature.Name, codes.Length);
        for (int i = 0; i < codes.Length; i++)
            column[i] = float.IsNaN(codes[i]) ? null! : feature.Levels[(int)codes[i]];
        return column;
    }

    private static float[] ColumnOf(DataFrame frame, FeatureDefinition feature)
    {
        int place = frame.Columns.IndexOf(feature.Name);
        if (place < 0)
            throw new ArgumentException($"The frame has no column '{feature.Name}', which the schema names.", nameof(frame));
        float[] values = new float[frame.Rows.Count];
        switch (frame.Columns[place])
        {
            case SingleDataFrameColumn numbers when feature.Kind == FeatureKind.Numeric:
                for (int i = 0; i < values.Length; i++)
                    values[i] = numbers[i] ?? float.NaN;
                return values;
            case StringDataFrameColumn levels when feature.Kind == FeatureKind.Categorical:
                Dictionary<string, int> codes = feature.Levels.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code, StringComparer.Ordinal);
                for (int i = 0; i < values.Length; i++)
                    values[i] = levels[i] is not { } level ? float.NaN : codes.TryGetValue(level, out int code) ? code
                        : throw new ArgumentException($"Column '{feature.Name}', row {i}: found '{level}', expected one of {string.Join(", ", feature.Levels)}.", nameof(frame));
                return values;
            default:
                throw new ArgumentException($"Column '{feature.Name}' is a {frame.Columns[place].GetType().Name}, expected {(feature.Kind == FeatureKind.Numeric ? nameof(SingleDataFrameColumn) : nameof(StringDataFrameColumn))}.", nameof(frame));
        }
    }
}
