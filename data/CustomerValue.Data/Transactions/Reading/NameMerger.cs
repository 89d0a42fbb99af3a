using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Joins the names of all threads into one table in ordinal order, and tells for each thread what became of its codes.</summary>
internal sealed class NameMerger
{
    private const int SmallRun = 32, StringsAtOnce = 1 << 14;

    private readonly NameCollector[] _parts;
    private readonly bool _supplementary;
    private readonly int _prefix;

    /// <summary>Whether the eight bytes after the prefix tell all names apart, so that names need not be looked at again.</summary>
    private readonly bool _keysDecide;

    private NameMerger(NameCollector[] parts)
    {
        _parts = parts;
        _supplementary = Array.Exists(parts, part => part.HasSupplementary);
        _prefix = CommonPrefix();
        _keysDecide = !_supplementary && Array.TrueForAll(parts, part => part.LongestName <= _prefix + sizeof(ulong) && !part.HasTrailingZero);
    }

    /// <summary>The joined table, and by part the new code of each old one.</summary>
    public static (NameTable Names, int[][] Codes) Merge(NameCollector[] parts, int threads, CancellationToken cancellation)
    {
        if (Array.TrueForAll(parts, part => part.Count == 0))
            return (NameTable.Empty, Array.ConvertAll(parts, _ => Array.Empty<int>()));
        NameMerger merger = new(parts);
        (ulong[] Keys, int[] Order)[] sorted = new (ulong[], int[])[parts.Length];
        Workers.Share(threads, parts.Length, cancellation, (_, part) => sorted[part] = merger.Sort(part));

        int[][] codes = Array.ConvertAll(parts, part => new int[part.Count]);
        List<(int Part, int Code, ulong Key)> merged = merger.Join(sorted, codes);
        string[] names = new string[merged.Count];
        Workers.Share(threads, (names.Length + StringsAtOnce - 1) / StringsAtOnce, cancellation, (_, piece) =>
            merger.Spell(merged, names, piece * StringsAtOnce, Math.Min(names.Length, (piece + 1) * StringsAtOnce)));
        return (new NameTable(names), codes);
    }

    /// <summary>Makes strings, from the keys where they hold all that is not common: then memory is read in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spell(List<(int Part, int Code, ulong Key)> merged, string[] names, int first, int end)
    {
        Span<byte> text = new byte[_prefix + sizeof(ulong)];
        _parts[merged[first].Part][merged[first].Code][.._prefix].CopyTo(text);
        for (int i = first; i < end; i++)
        {
            if (!_keysDecide)
            {
                names[i] = Encoding.UTF8.GetString(_parts[merged[i].Part][merged[i].Code]);
                continue;
            }
            BinaryPrimitives.WriteUInt64BigEndian(text[_prefix..], merged[i].Key);
            names[i] = Encoding.UTF8.GetString(text[..(_prefix + sizeof(ulong) - BitOperations.TrailingZeroCount(merged[i].Key) / 8)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<(int Part, int Code, ulong Key)> Join((ulong[] Keys, int[] Order)[] sorted, int[][] codes)
    {
        int[] at = new int[_parts.Length];
        List<(int Part, int Code, ulong Key)> merged = new(_parts.Max(part => part.Count));
        while (true)
        {
            int least = -1;
            for (int part = 0; part < at.Length; part++)
                if (at[part] < sorted[part].Order.Length && (least < 0 || Compare(sorted, at, part, least) < 0))
                    least = part;
            if (least < 0)
                return merged;
            int code = sorted[least].Order[at[least]];
            ulong key = sorted[least].Keys[at[least]];
            for (int part = least + 1; part < at.Length; part++)
                if (at[part] < sorted[part].Order.Length && Compare(sorted, at, part, least) == 0)
                    codes[part][sorted[part].Order[at[part]++]] = merged.Count;
            codes[least][code] = merged.Count;
            at[least]++;
            merged.Add((least, code, key));
        }
    }

    private int Compare((ulong[] Keys, int[] Order)[] sorted, int[] at, int left, int right)
    {
        int byKey = sorted[left].Keys[at[left]].CompareTo(sorted[right].Keys[at[right]]);
        return byKey != 0 || _keysDecide ? byKey : Compare(_parts[left][sorted[left].Order[at[left]]], _parts[right][sorted[right].Order[at[right]]]);
    }

    /// <summary>Codes of one part in order of their names, with the eight bytes after the common prefix as keys.</summary>
    private (ulong[] Keys, int[] Order) Sort(int part)
    {
        NameCollector names = _parts[part];
        ulong[] keys = new ulong[names.Count];
        int[] order = new int[names.Count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Sort(names, keys, order, _prefix);
        return (keys, order);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort(NameCollector names, Span<ulong> keys, Span<int> order, int depth)
    {
        bool rising = true;
        for (int i = 0; i < order.Length; i++)
        {
            keys[i] = Key(names[order[i]], depth);
            rising &= i == 0 || keys[i - 1] <= keys[i];
        }
        if (!rising && order.Length >= RadixSort.Worthwhile)
            RadixSort.Sort(keys, order);
        else if (!rising)
            keys.Sort(order);
        if (_keysDecide)
            return;
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && keys[end] == keys[start])
                end++;
            if (end - start == 1)
                continue;
            Span<int> run = order[start..end];
            bool exhausted = true;
            foreach (int code in run)
                exhausted &= names[code].Length <= depth + sizeof(ulong);
            if (exhausted || run.Length <= SmallRun)
                run.Sort((a, b) => Compare(names[a], names[b]));
            else
                Sort(names, new ulong[run.Length], run, depth + sizeof(ulong));
        }
    }

    /// <summary>Eight bytes from a depth, the first the most significant, as a number that sorts like the text.</summary>
    private ulong Key(ReadOnlySpan<byte> name, int depth)
    {
        if (name.Length >= depth + sizeof(ulong) && !_supplementary)
            return BinaryPrimitives.ReadUInt64BigEndian(name[depth..]);
        ulong key = 0;
        for (int i = depth; i < depth + sizeof(ulong); i++)
            key = key << 8 | (i < name.Length ? Rank(name[i]) : 0u);
        return key;
    }

    private int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (!_supplementary)
            return left.SequenceCompareTo(right);
        int same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length ? left.Length.CompareTo(right.Length) : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    /// <summary>
    /// Ordinal order of strings is that of UTF-16 units, in which characters beyond the basic plane (first byte F0 to F4) stand before U+E000 to U+FFFF
    /// (first byte EE or EF). Ranking the bytes that way makes the order of the bytes that of the strings.
    /// </summary>
    private uint Rank(byte letter) => !_supplementary || letter < 0xEE ? letter : letter >= 0xF0 ? letter - 2u : letter + 5u;

    private int CommonPrefix()
    {
        NameCollector first = Array.Find(_parts, part => part.Count > 0)!;
        ReadOnlySpan<byte> prefix = first[0];
        foreach (NameCollector part in _parts)
            for (int code = 0; code < part.Count && !prefix.IsEmpty; code++)
                prefix = prefix[..prefix.CommonPrefixLength(part[code])];
        return prefix.Length;
    }
}
