using CustomerValue.Data.Features;

namespace CustomerValue.MLNet.Training;

/// <summary>Some rows of feature tables that stand below one another, drawn without replacement; all of them where they are few enough.</summary>
internal sealed class RowSample
{
    private readonly int[]? _rows;

    private RowSample(IReadOnlyList<FeatureTable> tables, int[]? rows)
    {
        Tables = tables;
        _rows = rows;
        Count = tables.Sum(table => table.RowCount);
    }

    /// <summary>The rows that were drawn.</summary>
    public IReadOnlyList<FeatureTable> Tables { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <param name="tables">Tables of one schema.</param>
    /// <param name="most">Rows to draw at most.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static RowSample Of(IReadOnlyList<FeatureTable> tables, int most, int seed)
    {
        int all = tables.Sum(table => table.RowCount);
        if (all <= most)
            return new RowSample(tables, null);
        int[] rows = [.. Enumerable.Range(0, all)];
        new Random(seed).Shuffle(rows);
        Array.Resize(ref rows, most);
        Array.Sort(rows);
        FeatureSchema schema = tables[0].Schema;
        float[][] columns = [.. Enumerable.Range(0, schema.Count).Select(f => Pick(tables, f, rows))];
        return new RowSample([FeatureTable.From(schema, columns)], rows);
    }

    /// <summary>The values of the rows that were drawn.</summary>
    /// <param name="values">A value a row of the tables that were drawn from.</param>
    public float[] Of(float[] values) => _rows is null ? values : [.. _rows.Select(row => values[row])];

    private static float[] Pick(IReadOnlyList<FeatureTable> tables, int feature, int[] rows)
    {
        float[] picked = new float[rows.Length];
        int at = 0, start = 0;
        foreach (FeatureTable table in tables)
        {
            ReadOnlySpan<float> column = table.Column(feature).Span;
            for (; at < rows.Length && rows[at] < start + column.Length; at++)
                picked[at] = column[rows[at] - start];
            start += column.Length;
        }
        return picked;
    }
}
