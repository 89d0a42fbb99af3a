namespace CustomerValue.Data.Transactions;

/// <summary>How much of a log may be in memory at once, and what a run keeps of its customers.</summary>
/// <param name="Bytes">Bytes that the log, and what is made of it, may take.</param>
public sealed record PartSize(long Bytes)
{
    /// <summary>Bytes that are made of each customer of a part and given up with it, such as aggregates and features. Default 0.</summary>
    public int BytesOfCustomer { get; init; }

    /// <summary>Bytes that stay of each customer when the part is given up, such as an id and a score. Default 0.</summary>
    public int KeptOfCustomer { get; init; }
}
