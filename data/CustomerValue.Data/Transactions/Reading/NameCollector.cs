using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Numbers the distinct names one thread meets, by their bytes.</summary>
/// <remarks>
/// Open addressing with linear probing over 24-byte slots. A name up to 15 bytes is its own key (two words, the length in the top byte) and is compared
/// without touching another cache line; a longer one has a 120-bit hash as key and its bytes are compared in the arena.
/// </remarks>
internal sealed class NameCollector
{
    private const int LongestInline = 15;

    private Slot[] _slots = new Slot[1 << 10];
    private int _shift = 64 - 10;
    private byte[] _arena = new byte[1 << 12];
    private int[] _ends = new int[1 << 8];
    private ulong _lastLow, _lastHigh = ulong.MaxValue;
    private int _last = -1;

    /// <summary>Number of distinct names; codes run from 0.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a name has a character beyond the basic plane, where UTF-8 and UTF-16 order differ.</summary>
    public bool HasSupplementary { get; private set; }

    /// <summary>Bytes of a name.</summary>
    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            int start = code == 0 ? 0 : _ends[code - 1];
            return _arena.AsSpan(start, _ends[code] - start);
        }
    }

    /// <summary>Code of a name, new or known; -1 when it is not valid UTF-8. At least <see cref="Block.Padding"/> bytes must be readable behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestInline)
            return AddLong(name);
        ref byte start = ref MemoryMarshal.GetReference(name);
        ulong low = Unsafe.ReadUnaligned<ulong>(ref start), high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 8));
        int bits = name.Length * 8;
        if (bits < 64)
        {
            low &= (1UL << bits) - 1;
            high = 0;
        }
        else
        {
            high &= (1UL << (bits - 64)) - 1;
        }
        high |= (ulong)name.Length << 56;
        if (low == _lastLow && high == _lastHigh)
            return _last;
        return Add(name, low, high);
    }

    private int Add(ReadOnlySpan<byte> name, ulong low, ulong high)
    {
        for (ulong index = Mix(low, high) >> _shift; ; index = (index + 1) & (ulong)(_slots.Length - 1))
        {
            ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nint)index);
            if (slot.Code == 0)
                return Insert(ref slot, name, low, high);
            if (slot.Low == low && slot.High == high && (name.Length <= LongestInline || this[slot.Code - 1].SequenceEqual(name)))
                return Remember(low, high, slot.Code - 1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AddLong(ReadOnlySpan<byte> name)
    {
        ulong low = LineHash.Of(name);
        return Add(name, low, BitOperations.RotateLeft(low * 0x9E3779B97F4A7C15, 29) | 0xFF00000000000000);
    }

    private int Remember(ulong low, ulong high, int code)
    {
        // A long name's key is a hash, so it may not stand for the name by itself.
        if (high >= 0xFF00000000000000)
            return code;
        _lastLow = low;
        _lastHigh = high;
        return _last = code;
    }

    private int Insert(ref Slot slot, ReadOnlySpan<byte> name, ulong low, ulong high)
    {
        if (!Utf8.IsValid(name))
            return -1;
        slot = new Slot { Low = low, High = high, Code = Count + 1 };
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (Count == _ends.Length)
            Array.Resize(ref _ends, 2 * Count);
        if (_arena.Length - start < name.Length)
            Array.Resize(ref _arena, (int)Math.Min(Math.Max(2L * _arena.Length, start + (long)name.Length), Array.MaxLength));
        name.CopyTo(_arena.AsSpan(start));
        _ends[Count++] = start + name.Length;
        HasSupplementary |= name.ContainsAnyInRange((byte)0xF0, (byte)0xFF);
        if (Count * 2 > _slots.Length)
            Grow();
        return Remember(low, high, Count - 1);
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[old.Length * 2];
        _shift--;
        Debug.Assert(_slots.Length == 1 << (64 - _shift));
        foreach (Slot slot in old)
        {
            if (slot.Code == 0)
                continue;
            ulong index = Mix(slot.Low, slot.High) >> _shift;
            while (_slots[index].Code != 0)
                index = (index + 1) & (ulong)(_slots.Length - 1);
            _slots[index] = slot;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong low, ulong high)
    {
        ulong mixed = (low ^ BitOperations.RotateLeft(high, 32)) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
    }

    private struct Slot
    {
        public ulong Low;
        public ulong High;

        /// <summary>Code plus 1; 0 marks a free slot.</summary>
        public int Code;
    }
}
