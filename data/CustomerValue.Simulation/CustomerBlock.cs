namespace CustomerValue.Simulation;

/// <summary>A run of consecutive customers with all that was simulated of them; rows are in order of customer, then day.</summary>
public sealed class CustomerBlock
{
    /// <summary>Customers in a block, the last one perhaps holding fewer.</summary>
    public const int Size = 512;

    internal readonly RowList<SimulatedLine> LineRows = new();
    internal readonly RowList<SimulatedCustomer> CustomerRows = new();
    internal readonly RowList<SimulatedActivity> ActivityRows = new();
    internal readonly RowList<SimulatedReferral> ReferralRows = new();
    internal readonly RowList<SimulatedContact> ContactRows = new();
    internal readonly RowList<CustomerTruth> TruthRows = new();

    internal CustomerBlock()
    {
    }

    /// <summary>First customer of the block, counted from 0.</summary>
    public int FirstCustomer { get; internal set; }

    /// <summary>Customers in the block.</summary>
    public int CustomerCount { get; internal set; }

    /// <summary>Order lines and returns.</summary>
    public ReadOnlySpan<SimulatedLine> Lines => LineRows.Rows;

    /// <summary>Attributes, one row a customer.</summary>
    public ReadOnlySpan<SimulatedCustomer> Customers => CustomerRows.Rows;

    /// <summary>Service activities.</summary>
    public ReadOnlySpan<SimulatedActivity> Activities => ActivityRows.Rows;

    /// <summary>Referrals whose referee is in the block.</summary>
    public ReadOnlySpan<SimulatedReferral> Referrals => ReferralRows.Rows;

    /// <summary>Campaign contacts and control group members.</summary>
    public ReadOnlySpan<SimulatedContact> Contacts => ContactRows.Rows;

    /// <summary>The hidden truth, one row a customer; empty when <see cref="SimulationFiles.Truth"/> is not among the files.</summary>
    public ReadOnlySpan<CustomerTruth> Truths => TruthRows.Rows;

    internal void Clear()
    {
        LineRows.Clear();
        CustomerRows.Clear();
        ActivityRows.Clear();
        ReferralRows.Clear();
        ContactRows.Clear();
        TruthRows.Clear();
    }
}
