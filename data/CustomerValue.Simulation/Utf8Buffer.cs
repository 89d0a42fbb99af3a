using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace CustomerValue.Simulation;

/// <summary>Bytes of delimited text under construction; the memory is kept when it is cleared.</summary>
internal sealed class Utf8Buffer
{
    private static readonly long[] s_powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Rows since the last <see cref="Clear"/>.</summary>
    public int Rows { get; private set; }

    public void Clear()
    {
        _length = 0;
        Rows = 0;
    }

    /// <summary>Makes room for a row of at most 1024 bytes, so that the appends below need no check of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginRow()
    {
        if (_bytes.Length - _length < 1024)
            Array.Resize(ref _bytes, _bytes.Length * 2);
    }

    /// <summary>Replaces the last separator by a line end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndRow()
    {
        _bytes[_length - 1] = (byte)'\n';
        Rows++;
    }

    /// <summary>Appends text and a comma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Field(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        _bytes[_length++] = (byte)',';
    }

    /// <summary>Appends text without a comma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Appends a whole number, without a comma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RawNumber(long value, int leastDigits = 1)
    {
        if (value < 0)
        {
            _bytes[_length++] = (byte)'-';
            value = -value;
        }

        int digits = leastDigits;
        while (digits < s_powers.Length && value >= s_powers[digits])
            digits++;
        if (value >= 10_000_000_000)
        {
            Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out int written);
            _length += written;
            return;
        }

        ulong left = (ulong)value;
        for (int i = _length + digits - 1; i >= _length; i--)
        {
            ulong tenth = left / 10;
            _bytes[i] = (byte)('0' + (left - tenth * 10));
            left = tenth;
        }

        _length += digits;
    }

    /// <summary>Appends a whole number and a comma.</summary>
    public void Number(long value)
    {
        RawNumber(value);
        _bytes[_length++] = (byte)',';
    }

    /// <summary>Appends hundredths as a number with two decimals, and a comma.</summary>
    public void Cents(long cents)
    {
        if (cents < 0)
        {
            _bytes[_length++] = (byte)'-';
            cents = -cents;
        }

        long whole = cents / 100;
        RawNumber(whole);
        int rest = (int)(cents - whole * 100);
        _bytes[_length] = (byte)'.';
        _bytes[_length + 1] = (byte)('0' + rest / 10);
        _bytes[_length + 2] = (byte)('0' + rest % 10);
        _bytes[_length + 3] = (byte)',';
        _length += 4;
    }

    /// <summary>Appends a number rounded to a fixed count of decimals (up to 9), and a comma.</summary>
    public void Fixed(double value, int decimals)
    {
        long scale = s_powers[decimals];
        double scaled = Math.Floor(Math.Abs(value) * scale + 0.5);
        if (!(scaled < 9e18))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A simulated value is too large to be written.");
        long units = (long)scaled;
        if (value < 0 && units != 0)
            _bytes[_length++] = (byte)'-';
        RawNumber(units / scale);
        _bytes[_length++] = (byte)'.';
        RawNumber(units % scale, decimals);
        _bytes[_length++] = (byte)',';
    }

    /// <summary>Appends an empty field.</summary>
    public void Missing() => _bytes[_length++] = (byte)',';
}
