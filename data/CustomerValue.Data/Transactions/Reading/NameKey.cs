using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>A name as it is compared: up to 12 bytes as they are, a longer one by 96 bits of hash.</summary>
internal readonly struct NameKey
{
    private const int LongestInline = 12;

    /// <summary>Takes a name behind which at least <see cref="Block.Padding"/> bytes can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NameKey(ReadOnlySpan<byte> name)
    {
        // A name ending in a zero byte would have the key of the name without it.
        if (name.Length > LongestInline || name[^1] == 0)
        {
            Low = LineHash.Of(name);
            High = (uint)((Low * 0x9E3779B97F4A7C15) >> 32);
            IsHash = true;
            return;
        }
        ref byte start = ref MemoryMarshal.GetReference(name);
        ulong low = Unsafe.ReadUnaligned<ulong>(ref start);
        int bits = name.Length * 8;
        if (bits < 64)
        {
            Low = low & ((1UL << bits) - 1);
            return;
        }
        Low = low;
        High = (uint)(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, 8)) & ((1UL << (bits - 64)) - 1));
    }

    public ulong Low { get; }

    public uint High { get; }

    /// <summary>Whether equal keys only probably mean equal names.</summary>
    public bool IsHash { get; }

    /// <summary>Whether the name lies in the key and is ASCII.</summary>
    public bool IsInlineAscii => !IsHash && ((Low | High) & 0x8080808080808080) == 0;

    public ulong Mixed => Mix(Low, High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong low, uint high)
    {
        ulong mixed = (low ^ ((ulong)high << 32)) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
    }
}
