using System.Runtime.CompilerServices;

namespace CustomerValue.Simulation;

/// <summary>A growing array whose rows are read as a span and whose memory is kept when it is cleared.</summary>
internal sealed class RowList<T> where T : struct
{
    private T[] _rows = new T[64];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Rows => _rows.AsSpan(0, Count);

    public void Clear() => Count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T row)
    {
        if (Count == _rows.Length)
            Array.Resize(ref _rows, Count * 2);
        _rows[Count++] = row;
    }

    /// <summary>Sorts the rows from <paramref name="first"/> on, equal ones keeping their order; quick where they are nearly sorted.</summary>
    public void SortFrom(int first, Comparison<T> comparison)
    {
        for (int i = first + 1; i < Count; i++)
        {
            T row = _rows[i];
            int hole = i;
            while (hole > first && comparison(_rows[hole - 1], row) > 0)
            {
                _rows[hole] = _rows[hole - 1];
                hole--;
            }

            _rows[hole] = row;
        }
    }

    /// <summary>Merges sorted rows into those from <paramref name="first"/> on, which are sorted too; of equal ones its own come first.</summary>
    public void MergeFrom(int first, ReadOnlySpan<T> sorted, Comparison<T> comparison)
    {
        int own = Count - 1;
        int hole = Count + sorted.Length;
        if (hole > _rows.Length)
            Array.Resize(ref _rows, Math.Max(hole, _rows.Length * 2));
        Count = hole--;
        for (int other = sorted.Length - 1; other >= 0; hole--)
        {
            if (own >= first && comparison(_rows[own], sorted[other]) > 0)
                _rows[hole] = _rows[own--];
            else
                _rows[hole] = sorted[other--];
        }
    }
}
