using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>The names one thread has met, over all files.</summary>
internal sealed class ParserNames
{
    public const int MostCategories = ushort.MaxValue - 1, MostChannels = byte.MaxValue - 1;

    public NameCollector Customers { get; } = new();

    public NameCollector Products { get; } = new();

    public NameCollector Categories { get; } = new();

    public NameCollector Channels { get; } = new();

    /// <summary>Nothing, or what databases and data frames write for nothing.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> customer)
    {
        if (customer.IsEmpty)
            return true;
        return customer.SequenceEqual("NULL"u8) || customer.SequenceEqual("null"u8) || customer.SequenceEqual("NaN"u8) || customer.SequenceEqual("nan"u8)
            || customer.SequenceEqual("None"u8) || customer.SequenceEqual("<NA>"u8);
    }

    /// <summary>An order id of up to 8 bytes as it is, a longer one as a hash.</summary>
    public static ulong OrderKey(ReadOnlySpan<byte> order)
    {
        if (order.Length > sizeof(ulong))
            return LineHash.Of(order);
        ulong key = 0;
        foreach (byte letter in order)
            key = key << 8 | letter;
        return key;
    }

    /// <summary>A column with so many distinct values is no category or channel.</summary>
    public static BadDataException TooMany(string path, string column, int most) => new(
        $"{path}, column '{column}': found more than {most:N0} distinct values, expected at most {most:N0}; map it as product, or leave it out with a dash (for example category=-).");
}
