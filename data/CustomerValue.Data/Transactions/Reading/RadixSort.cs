using System.Runtime.CompilerServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Sorts numbers with companions by their bytes, the lowest first; bytes that are the same in all numbers cost nothing.</summary>
internal static class RadixSort
{
    /// <summary>From this many numbers on it is faster than comparing.</summary>
    public const int Worthwhile = 1 << 12;

    private const int Bytes = sizeof(ulong), Values = 256;

    /// <summary>Sorts both spans by the keys; equal keys keep their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(Span<ulong> keys, Span<int> companions)
    {
        int[] counts = new int[Bytes * Values];
        foreach (ulong key in keys)
            for (int place = 0; place < Bytes; place++)
                counts[place * Values + (int)(key >> (8 * place) & 0xFF)]++;

        Span<ulong> otherKeys = new ulong[keys.Length];
        Span<int> otherCompanions = new int[keys.Length];
        bool swapped = false;
        for (int place = 0; place < Bytes; place++)
        {
            Span<int> next = counts.AsSpan(place * Values, Values);
            if (next[(int)(keys[0] >> (8 * place) & 0xFF)] == keys.Length)
                continue;
            for (int value = 0, start = 0; value < Values; value++)
                (next[value], start) = (start, start + next[value]);
            for (int i = 0; i < keys.Length; i++)
            {
                int to = next[(int)(keys[i] >> (8 * place) & 0xFF)]++;
                otherKeys[to] = keys[i];
                otherCompanions[to] = companions[i];
            }
            Span<ulong> sortedKeys = otherKeys;
            otherKeys = keys;
            keys = sortedKeys;
            Span<int> sortedCompanions = otherCompanions;
            otherCompanions = companions;
            companions = sortedCompanions;
            swapped = !swapped;
        }
        if (!swapped)
            return;
        keys.CopyTo(otherKeys);
        companions.CopyTo(otherCompanions);
    }
}
