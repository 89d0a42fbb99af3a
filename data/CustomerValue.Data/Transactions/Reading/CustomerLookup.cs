using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Looks customers up in batches, so that the cache misses of a batch overlap instead of following one another.</summary>
/// <remarks>With a million customers in random order nearly every lookup misses the caches; 64 misses at a time cost little more than a few.</remarks>
internal sealed class CustomerLookup(NameCollector names)
{
    private readonly NameKey[] _keys = new NameKey[64];
    private readonly int[] _starts = new int[64], _lengths = new int[64];
    private byte[] _buffer = [];
    private int[] _codes = [];
    private int _row;
    private int _count;

    /// <summary>Without meaning: keeps the loads of the last batch from being left out.</summary>
    public int Touched { get; private set; }

    /// <summary>Takes the buffer that names lie in and the column that codes go to, from row 0 on.</summary>
    public void Begin(byte[] buffer, int[] codes)
    {
        _buffer = buffer;
        _codes = codes;
        _row = 0;
        _count = 0;
    }

    /// <summary>Notes the customer of the next row, a piece of the buffer; false when it is not valid UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(ReadOnlySpan<byte> name)
    {
        int at = _count;
        NameKey key = new(name);
        if (!key.IsInlineAscii && !Utf8.IsValid(name))
            return false;
        _keys[at] = key;
        _starts[at] = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(_buffer), ref MemoryMarshal.GetReference(name));
        _lengths[at] = name.Length;
        _count = at + 1;
        if (at + 1 == _keys.Length)
            Resolve();
        return true;
    }

    /// <summary>Writes the codes of all customers noted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Resolve()
    {
        ReadOnlySpan<NameKey> keys = _keys.AsSpan(0, _count);
        int touched = 0;
        for (int i = 0; i < keys.Length; i++)
            if (i == 0 || keys[i].Low != keys[i - 1].Low)
                touched ^= names.Touch(keys[i]);
        Touched = touched;
        Span<int> codes = _codes.AsSpan(_row, keys.Length);
        for (int i = 0; i < keys.Length; i++)
            codes[i] = i > 0 && !keys[i].IsHash && keys[i].Low == keys[i - 1].Low && keys[i].High == keys[i - 1].High && !keys[i - 1].IsHash
                ? codes[i - 1]
                : names.Add(keys[i], _buffer.AsSpan(_starts[i], _lengths[i]));
        _row += keys.Length;
        _count = 0;
    }
}
