namespace CustomerValue.Data.Transactions;

/// <summary>Some of the customers, drawn by a hash of their ids: the same ones whatever else files hold.</summary>
/// <remarks>A share is a range of hashes, so shares that follow one another hold each customer once, and the first ones hold the small samples.</remarks>
public readonly record struct CustomerShare
{
    private readonly ulong _first, _last;

    private CustomerShare(ulong first, ulong last) => (_first, _last) = (first, last);

    /// <summary>Everyone.</summary>
    public static CustomerShare All { get; } = new(0, ulong.MaxValue);

    /// <summary>Whether nobody is left out.</summary>
    public bool IsAll => this == All;

    /// <summary>Those whom <see cref="TransactionLog.Sample"/> draws.</summary>
    /// <param name="share">Above 0; 1 or more is everyone.</param>
    public static CustomerShare Sample(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        return Between(0, share);
    }

    /// <summary>Those of <see cref="Sample"/> up to <paramref name="end"/> who are not among those up to <paramref name="start"/>.</summary>
    /// <param name="start">From 0.</param>
    /// <param name="end">Above <paramref name="start"/>; 1 or more is the last.</param>
    public static CustomerShare Between(double start, double end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        return new(start == 0 ? 0 : Limit(start) + 1, Limit(end));
    }

    /// <summary>Whether a customer is one of them.</summary>
    public bool Holds(string customer) => Holds(LogSample.Hash(customer));

    /// <summary>Whether a customer is one of them, by an id that is valid UTF-8.</summary>
    internal bool Holds(ReadOnlySpan<byte> customer) => Holds(LogSample.Hash(customer));

    private bool Holds(ulong hash) => hash >= _first && hash <= _last;

    private static ulong Limit(double share) => share >= 1 ? ulong.MaxValue : (ulong)(share * ulong.MaxValue);
}
