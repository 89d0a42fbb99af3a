using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Influence;

/// <summary>Who brought whom: an acyclic graph in which every referrer was a customer before those they brought.</summary>
/// <remarks>
/// Referrers of customer <c>c</c> are the edges <c>[Offsets[c], Offsets[c + 1])</c>. Left out, each kind counted in a finding: unknown customers,
/// self-referral, referrals before the referrer existed, and referrals of someone who was there before the referrer, which every circle has one of.
/// </remarks>
public sealed class ReferralGraph
{
    private readonly int[] _directReferrals;

    internal ReferralGraph(NameTable customers, ReferralEdges edges, int[] directReferrals, IReadOnlyList<Finding> findings)
    {
        Customers = customers;
        Edges = edges;
        Findings = findings;
        _directReferrals = directReferrals;
    }

    /// <summary>The customers in the order of all arrays.</summary>
    public NameTable Customers { get; }

    /// <summary>Number of referrals that count.</summary>
    public int Count => Edges.Referrers.Length;

    /// <summary>Doubts about the referrals.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Referrals that each customer made themselves.</summary>
    public ReadOnlySpan<int> DirectReferrals => _directReferrals;

    /// <summary>Who brought a customer; most are brought by nobody or one.</summary>
    /// <param name="customer">Index of the customer.</param>
    public ReadOnlySpan<int> ReferrersOf(int customer) => Edges.Referrers.AsSpan(Edges.Offsets[customer]..Edges.Offsets[customer + 1]);

    internal ReferralEdges Edges { get; }

    /// <summary>Reads a delimited file: <c>referrer_id, referee_id, date</c> and, where known, <c>weight</c>.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="scope">Customers and days.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BadDataException">A column is absent, or a line has no name, no date or a negative weight.</exception>
    public static ReferralGraph Read(string path, ReferralScope scope, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        ReferralReader.Read(path, scope, progress, cancellation);

    /// <summary>A graph of referrals from elsewhere.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or there is not one first day a customer.</exception>
    public static ReferralGraph From(IEnumerable<Referral> referrals, ReferralScope scope)
    {
        ReferralCollector collector = new(scope, static line => $"referral {line}");
        int row = 0;
        foreach (Referral referral in referrals)
        {
            if (!(referral.Weight >= 0 && double.IsFinite(referral.Weight)))
                throw new ArgumentException($"A weight is 0 or more; referral {row + 1} is {referral}.", nameof(referrals));
            collector.Add(referral, ++row);
        }
        return collector.Build();
    }
}
