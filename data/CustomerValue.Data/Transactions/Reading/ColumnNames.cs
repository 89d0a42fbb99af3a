using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Whether a name stands for none.</summary>
internal delegate bool NameTest(ReadOnlySpan<byte> name);

/// <summary>Codes of the names in typed columns. One a thread.</summary>
internal sealed class ColumnNames
{
    /// <summary>Code of a name that is passed by.</summary>
    public const int PassedBy = -3;

    private const int LongestNumber = 24, Unknown = -2;

    private readonly byte[] _digits = new byte[LongestNumber + Block.Padding];
    private int[] _known = [];

    /// <summary>Whether there are blanks around a name, which the way through text takes off.</summary>
    public static bool HasBlanks(ReadOnlySpan<byte> name) => name[0] <= ' ' || name[^1] <= ' ';

    /// <summary>Writes the code of each row's name, -1 for none and <see cref="PassedBy"/> for one that is passed by; false where the column holds no names, too many of them, blanks around one, or bytes that are no UTF-8.</summary>
    public bool TryCodes(BatchColumn column, NameCollector collector, int most, Span<int> codes, NameTest? isMissing = null, NameTest? isPassedBy = null) => column switch
    {
        TextColumn { IsCoded: true } text => TryCoded(text, collector, most, codes, isMissing, isPassedBy),
        TextColumn text => TryTexts(text, collector, most, codes, isMissing, isPassedBy),
        IntegerColumn whole => TryNumbers(whole, collector, most, codes, isPassedBy),
        _ => false,
    };

    /// <summary>Writes the key of each row's order, 0 for none.</summary>
    public bool TryKeys(BatchColumn column, Span<ulong> keys)
    {
        switch (column)
        {
            case TextColumn text:
                for (int row = 0; row < keys.Length; row++)
                    keys[row] = text.Code(row) is var code and >= 0 ? ParserNames.OrderKey(text.Text(code)) : 0;
                return true;
            case IntegerColumn whole:
                for (int row = 0; row < keys.Length; row++)
                    keys[row] = whole.IsMissing(row) ? 0 : ParserNames.OrderKey(Digits(whole.Values[row]));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Each text of the dictionary is looked up once.</summary>
    private bool TryCoded(TextColumn text, NameCollector collector, int most, Span<int> codes, NameTest? isMissing, NameTest? isPassedBy)
    {
        if (_known.Length < text.Count)
            _known = new int[Math.Max(text.Count, 2 * _known.Length)];
        Span<int> known = _known.AsSpan(0, text.Count);
        known.Fill(Unknown);
        for (int row = 0; row < codes.Length; row++)
        {
            int place = text.Code(row);
            if (place < 0)
            {
                codes[row] = -1;
                continue;
            }
            if (known[place] == Unknown && !TryCode(text.Text(place), collector, most, isMissing, isPassedBy, out known[place]))
                return false;
            codes[row] = known[place];
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryTexts(TextColumn text, NameCollector collector, int most, Span<int> codes, NameTest? isMissing, NameTest? isPassedBy)
    {
        for (int row = 0; row < codes.Length; row++)
            if (!TryCode(text.Text(row), collector, most, isMissing, isPassedBy, out codes[row]))
                return false;
        return true;
    }

    private bool TryNumbers(IntegerColumn whole, NameCollector collector, int most, Span<int> codes, NameTest? isPassedBy)
    {
        for (int row = 0; row < codes.Length; row++)
            if (whole.IsMissing(row))
                codes[row] = -1;
            else if (!TryCode(Digits(whole.Values[row]), collector, most, null, isPassedBy, out codes[row]))
                return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCode(ReadOnlySpan<byte> name, NameCollector collector, int most, NameTest? isMissing, NameTest? isPassedBy, out int code)
    {
        code = -1;
        if (name.IsEmpty || (isMissing is not null && isMissing(name)))
            return true;
        if (HasBlanks(name))
            return false;
        if (isPassedBy is not null && isPassedBy(name))
        {
            code = PassedBy;
            return true;
        }
        code = collector.Add(new NameKey(name), name);
        return (uint)code < (uint)most;
    }

    private ReadOnlySpan<byte> Digits(long number)
    {
        number.TryFormat(_digits, out int length, default, CultureInfo.InvariantCulture);
        return _digits.AsSpan(0, length);
    }
}
