using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.MLNet.Pipelines;

/// <summary>Rows of past origins to learn from, and rows of other customers to calibrate and try the result on.</summary>
/// <remarks>A fifth of the customers is held back, the same ones at every origin, told by their ids: whoever is learnt from is not judged by.</remarks>
internal sealed class RowSample
{
    private const uint HeldBackOneIn = 5;

    private readonly PastOrigins _past;
    private readonly int[] _rows;

    private RowSample(PastOrigins past, int[] rows)
    {
        _past = past;
        _rows = rows;
        Table = Pick(past, rows);
    }

    /// <summary>Features of the rows.</summary>
    public FeatureTable Table { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>What happened to each of them.</summary>
    public float[] Labels(Target target)
    {
        float[] all = _past.Labels(target);
        return Array.ConvertAll(_rows, row => all[row]);
    }

    /// <summary>Whose row each is: one number a customer, the same at every origin.</summary>
    public int[] Customers()
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] all = [.. _past.Origins.SelectMany(origin => Enumerable.Range(0, origin.Snapshot.Count).Select(origin.Snapshot.Aggregates.CustomerId))
            .Select(id => numbers.TryGetValue(id, out int known) ? known : numbers[id] = numbers.Count)];
        return Array.ConvertAll(_rows, row => all[row]);
    }

    /// <summary>Draws without replacement, by a seed; everyone where they are few enough.</summary>
    /// <param name="past">The origins.</param>
    /// <param name="most">Rows of both samples together at most.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static (RowSample Learn, RowSample HeldBack) Of(PastOrigins past, int most, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, past.Rows)];
        if (rows.Length > most)
        {
            new Random(seed).Shuffle(rows);
            Array.Resize(ref rows, most);
            Array.Sort(rows);
        }
        bool[] held = [.. past.Origins.SelectMany(origin => Enumerable.Range(0, origin.Snapshot.Count).Select(row => IsHeldBack(origin.Snapshot.Aggregates.CustomerId(row))))];
        return (new RowSample(past, Array.FindAll(rows, row => !held[row])), new RowSample(past, Array.FindAll(rows, row => held[row])));
    }

    /// <summary>FNV-1a of the id: the same on every machine.</summary>
    private static bool IsHeldBack(string customerId)
    {
        uint hash = 2166136261;
        foreach (char letter in customerId)
            hash = (hash ^ letter) * 16777619;
        return (hash >> 8) % HeldBackOneIn == 0;
    }

    private static FeatureTable Pick(PastOrigins past, int[] rows)
    {
        FeatureSchema schema = past.Origins[0].Snapshot.Features.Schema;
        return FeatureTable.From(schema, [.. Enumerable.Range(0, schema.Count).Select(feature => Pick(past, feature, rows))]);
    }

    private static float[] Pick(PastOrigins past, int feature, int[] rows)
    {
        float[] picked = new float[rows.Length];
        int at = 0, start = 0;
        foreach (PastOrigin origin in past.Origins)
        {
            ReadOnlySpan<float> column = origin.Snapshot.Features.Column(feature).Span;
            for (; at < rows.Length && rows[at] < start + column.Length; at++)
                picked[at] = column[rows[at] - start];
            start += column.Length;
        }
        return picked;
    }
}
