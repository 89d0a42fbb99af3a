namespace CustomerValue.Data.Transactions;

/// <summary>The arrays behind a <see cref="TransactionLog"/>; an absent column is an empty array.</summary>
internal sealed class TransactionColumns
{
    public required ushort[] Days { get; init; }
    public required double[] Amounts { get; init; }
    public ushort[] Orders { get; init; } = [];
    public float[] Quantities { get; init; } = [];
    public int[] Products { get; init; } = [];
    public ushort[] Categories { get; init; } = [];
    public byte[] Channels { get; init; } = [];
    public float[] Discounts { get; init; } = [];
    public float[] Margins { get; init; } = [];
    public NameTable ProductNames { get; init; } = NameTable.Empty;
    public NameTable CategoryNames { get; init; } = NameTable.Empty;
    public NameTable ChannelNames { get; init; } = NameTable.Empty;

    /// <summary>Whether codes of names mean the same.</summary>
    public bool IsLike(TransactionColumns other) => ProductNames.Names.SequenceEqual(other.ProductNames.Names) && CategoryNames.Names.SequenceEqual(other.CategoryNames.Names) && ChannelNames.Names.SequenceEqual(other.ChannelNames.Names);

    public long Bytes => (long)Days.Length * sizeof(ushort) + (long)Amounts.Length * sizeof(double) + (long)Orders.Length * sizeof(ushort)
        + (long)Quantities.Length * sizeof(float) + (long)Products.Length * sizeof(int) + (long)Categories.Length * sizeof(ushort)
        + Channels.Length + (long)Discounts.Length * sizeof(float) + (long)Margins.Length * sizeof(float);
}
