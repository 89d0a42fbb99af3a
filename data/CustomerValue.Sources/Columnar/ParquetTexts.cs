using System.Runtime.CompilerServices;
using CustomerValue.Data.Transactions.Sources;
using ParquetSharp;

namespace CustomerValue.Sources.Columnar;

/// <summary>Texts, copied out of the pages one behind the other.</summary>
internal sealed class ParquetTexts(ColumnReader<ByteArray> reader, int mostRows, bool optional) : ParquetColumn<ByteArray>(reader, mostRows, optional)
{
    private const int Padding = 64, Usual = 16;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(mostRows * Usual + Padding);
    private int[] _offsets = [];
    private int[] _codes = [];
    private bool _missing;

    protected override void Begin(int rows)
    {
        Fit(ref _offsets, rows + 1);
        _offsets[0] = 0;
        _missing = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe void Take(int row, ReadOnlySpan<ByteArray> values)
    {
        int[] offsets = _offsets;
        int end = offsets[row];
        foreach (ByteArray value in values)
        {
            if (_bytes.Length - end < value.Length + Padding)
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, end + value.Length + Padding));
            new ReadOnlySpan<byte>((void*)value.Pointer, value.Length).CopyTo(_bytes.AsSpan(end));
            offsets[++row] = end += value.Length;
        }
    }

    protected override void TakeNone(int row)
    {
        if (!_missing)
        {
            Fit(ref _codes, _offsets.Length - 1);
            for (int before = 0; before < _codes.Length; before++)
                _codes[before] = before;
            _missing = true;
        }
        _codes[row] = -1;
        _offsets[row + 1] = _offsets[row];
    }

    protected override BatchColumn End(int rows) => new TextColumn(_bytes, _offsets, _missing ? _codes : []);
}
