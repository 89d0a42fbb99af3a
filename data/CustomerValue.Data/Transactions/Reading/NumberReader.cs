using System.Runtime.CompilerServices;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Reads the numbers of one file: the usual notation fast, any other the long way. One a thread.</summary>
/// <param name="separator">The character before decimals.</param>
/// <param name="wantedCurrency">Number of the one currency that counts, or <see cref="WrittenNumber.NoCurrency"/>.</param>
internal sealed class NumberReader(byte separator, int wantedCurrency)
{
    private readonly long[] _currencies = new long[Currencies.All.Length + 1];

    /// <summary>Numbers read the long way by the currency beside them, in the order of <see cref="Currencies.All"/>; those without one come last.</summary>
    public ReadOnlySpan<long> CurrenciesBeside => _currencies;

    /// <summary>Whether the last number that could not be read is in another currency than the one that counts.</summary>
    public bool IsOtherCurrency { get; private set; }

    /// <summary>Whether a field of a block is a number that counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ReadOnlySpan<byte> text, out double value) =>
        NumberText.TryParseShort(text, separator, out value) || NumberText.TryParse(text, separator, out value) || TryWritten(text, out value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryWritten(ReadOnlySpan<byte> text, out double value)
    {
        IsOtherCurrency = false;
        if (!WrittenNumber.TryParse(text, separator, out value, out int currency))
            return false;
        _currencies[currency < 0 ? _currencies.Length - 1 : currency]++;
        IsOtherCurrency = wantedCurrency >= 0 && currency >= 0 && currency != wantedCurrency;
        return !IsOtherCurrency;
    }
}
