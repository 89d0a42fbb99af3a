using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Strategy.Headroom;

/// <summary>Learns <see cref="PeerGroups"/>.</summary>
internal sealed class PeerGroupsBuilder
{
    private const int MostGroups = 4096;
    private const int MostParts = 8;
    private readonly double[][] _columns;
    private readonly double[] _weights;
    private readonly double[] _potential;
    private readonly double[] _values;
    private readonly int[] _rows;
    private readonly int _leastPeers;
    private readonly int _wholeGroup;
    private readonly List<int> _measure = [], _left = [], _peers = [];
    private readonly List<double> _cut = [];
    private readonly List<double[]> _top = [];

    private PeerGroupsBuilder(double[][] columns, double[] potential, int leastPeers)
    {
        _columns = columns;
        _potential = potential;
        _leastPeers = leastPeers;
        _wholeGroup = Math.Max(2 * leastPeers, potential.Length / MostGroups);
        _rows = new int[potential.Length];
        _values = new double[potential.Length];
        for (int i = 0; i < _rows.Length; i++)
            _rows[i] = i;
        _weights = Array.ConvertAll(columns, column => 1 / Math.Max(Variance(column, 0, _rows.Length), double.Epsilon));
    }

    public static PeerGroups Learn(double[][] columns, double[] potential, int leastPeers)
    {
        PeerGroupsBuilder builder = new(columns, potential, leastPeers);
        builder.AddNode();
        builder.Split(0, 0, potential.Length);
        return new PeerGroups(columns.Length, [.. builder._measure], [.. builder._cut], [.. builder._left], [.. builder._peers], [.. builder._top]);
    }

    private int AddNode()
    {
        _measure.Add(-1);
        _cut.Add(0);
        _left.Add(-1);
        _peers.Add(0);
        _top.Add([]);
        return _measure.Count - 1;
    }

    private void Split(int node, int start, int end)
    {
        _peers[node] = end - start;
        if (end - start < _wholeGroup || !TryCut(node, start, end, out int middle))
        {
            _top[node] = TopQuarter(start, end);
            return;
        }
        int left = AddNode();
        AddNode();
        _left[node] = left;
        Split(left, start, middle);
        Split(left + 1, middle, end);
    }

    /// <summary>Cuts at the median of the widest measure that leaves enough peers on both sides; ties fall to the right.</summary>
    private bool TryCut(int node, int start, int end, out int middle)
    {
        (double Spread, int Measure)[] order = [.. _columns.Select((column, m) => (-Variance(column, start, end) * _weights[m], m))];
        Array.Sort(order);
        foreach ((double spread, int measure) in order)
        {
            if (spread >= 0)
                break;
            double cut = Median(_columns[measure], start, end);
            middle = Partition(_columns[measure], start, end, cut);
            if (middle - start < _leastPeers || end - middle < _leastPeers)
                continue;
            (_measure[node], _cut[node]) = (measure, cut);
            return true;
        }
        middle = start;
        return false;
    }

    private double Variance(double[] column, int start, int end)
    {
        double sum = 0, squares = 0;
        for (int k = start; k < end; k++)
        {
            double value = column[_rows[k]];
            sum += value;
            squares += value * value;
        }
        double n = Math.Max(1, end - start), variance = squares / n - sum / n * (sum / n);
        return variance > 1e-12 * squares / n ? variance : 0;
    }

    private double Median(double[] column, int start, int end)
    {
        for (int k = start; k < end; k++)
            _values[k] = column[_rows[k]];
        return Quickselect.Smallest(_values.AsSpan(start, end - start), (end - start) / 2);
    }

    private int Partition(double[] column, int start, int end, double cut)
    {
        int next = start;
        for (int k = start; k < end; k++)
            if (column[_rows[k]] < cut)
            {
                (_rows[next], _rows[k]) = (_rows[k], _rows[next]);
                next++;
            }
        return next;
    }

    /// <summary>The potential values of the top quarter, or the means of its eighths.</summary>
    private double[] TopQuarter(int start, int end)
    {
        int quarter = Math.Max(1, (end - start) / 4);
        if (end == start)
            return [0];
        for (int k = start; k < end; k++)
            _values[k] = _potential[_rows[k]];
        Array.Sort(_values, start, end - start);
        double[] parts = new double[Math.Min(MostParts, quarter)];
        for (int part = 0; part < parts.Length; part++)
        {
            int from = end - quarter + quarter * part / parts.Length, to = end - quarter + quarter * (part + 1) / parts.Length;
            for (int k = from; k < to; k++)
                parts[part] += _values[k] / (to - from);
        }
        return parts;
    }
}
