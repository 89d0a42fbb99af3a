using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Numbers the distinct names one thread meets, by their bytes.</summary>
/// <remarks>
/// Open addressing with linear probing over 16-byte slots, four to a cache line. A name up to 12 bytes is its own key and is compared without touching
/// another line; for a longer one the bytes are compared in the arena as well.
/// </remarks>
internal sealed class NameCollector
{
    private const int HashBit = int.MinValue;

    private Slot[] _slots = new Slot[1 << 10];
    private int _shift = 64 - 10;
    private byte[] _arena = new byte[1 << 12];
    private int[] _ends = new int[1 << 8];

    /// <summary>Number of distinct names; codes run from 0.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a name has a character beyond the basic plane, where UTF-8 and UTF-16 order differ.</summary>
    public bool HasSupplementary { get; private set; }

    /// <summary>Bytes of the longest name.</summary>
    public int LongestName { get; private set; }

    /// <summary>Whether a name ends in a zero byte.</summary>
    public bool HasTrailingZero { get; private set; }

    /// <summary>Bytes of a name.</summary>
    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            int start = code == 0 ? 0 : _ends[code - 1];
            return _arena.AsSpan(start, _ends[code] - start);
        }
    }

    /// <summary>Loads the slot where a name will be looked for and returns something of it, so that many loads can be under way at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Touch(in NameKey key) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nint)(key.Mixed >> _shift)).Code;

    /// <summary>Code of a name, new or known; -1 when it is not valid UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(in NameKey key, ReadOnlySpan<byte> name)
    {
        int hashBit = key.IsHash ? HashBit : 0;
        for (ulong index = key.Mixed >> _shift; ; index = (index + 1) & (ulong)(_slots.Length - 1))
        {
            ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nint)index);
            if (slot.Low == key.Low && slot.High == key.High && slot.Code != 0 && (slot.Code & HashBit) == hashBit
                && (hashBit == 0 || this[(slot.Code & ~HashBit) - 1].SequenceEqual(name)))
                return (slot.Code & ~HashBit) - 1;
            if (slot.Code == 0)
                return Insert(ref slot, key, name);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private int Insert(ref Slot slot, in NameKey key, ReadOnlySpan<byte> name)
    {
        if (!key.IsInlineAscii && !Utf8.IsValid(name))
            return -1;
        slot = new Slot { Low = key.Low, High = key.High, Code = (Count + 1) | (key.IsHash ? HashBit : 0) };
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (Count == _ends.Length)
            Array.Resize(ref _ends, 2 * Count);
        if (_arena.Length - start < name.Length)
            Array.Resize(ref _arena, (int)Math.Min(Math.Max(2L * _arena.Length, start + (long)name.Length), Array.MaxLength));
        name.CopyTo(_arena.AsSpan(start));
        _ends[Count++] = start + name.Length;
        LongestName = Math.Max(LongestName, name.Length);
        HasTrailingZero |= name[^1] == 0;
        HasSupplementary |= name.ContainsAnyInRange((byte)0xF0, (byte)0xFF);
        if (Count * 2L > _slots.Length)
            Grow();
        return Count - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[old.Length * 2];
        _shift--;
        foreach (Slot slot in old)
        {
            if (slot.Code == 0)
                continue;
            ulong index = slot.Mixed >> _shift;
            while (_slots[index].Code != 0)
                index = (index + 1) & (ulong)(_slots.Length - 1);
            _slots[index] = slot;
        }
    }

    private struct Slot
    {
        public ulong Low;
        public uint High;

        /// <summary>Code plus 1, with the top bit where the key is a hash; 0 marks a free slot.</summary>
        public int Code;

        public readonly ulong Mixed => NameKey.Mix(Low, High);
    }
}
