using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>What is wanted of a campaign.</summary>
public sealed record CampaignDesign
{
    /// <summary>Its name: letters, digits, dash and underscore.</summary>
    public required string Name { get; init; }

    /// <summary>First day on which a contact may work.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Days whose outcomes are measured.</summary>
    public required int OutcomeDays { get; init; }

    /// <summary>The playbook whose actions the arms are.</summary>
    public required ActionPlaybook Playbook { get; init; }

    /// <summary>What is done, an arm each, without the control group.</summary>
    public required IReadOnlyList<CampaignArm> Arms { get; init; }

    /// <summary>Factors whose combinations the arms are, the last one changing fastest; none for arms on their own.</summary>
    public IReadOnlyList<CampaignFactor> Factors { get; init; } = [];

    /// <summary>The tests that the arms are; null where it is one campaign.</summary>
    public MatrixPlan? Matrix { get; init; }

    /// <summary>Share of customers who are left alone to compare with; null for the smallest share that shows <see cref="Detect"/>.</summary>
    public double? ControlShare { get; init; }

    /// <summary>Relative change of the number of buyers that should be seen, .1 for 10 % more.</summary>
    public double Detect { get; init; } = 0.1;

    /// <summary>Confidence of intervals.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Probability of seeing a change that is there.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>Anything; another salt draws other customers.</summary>
    public string Salt { get; init; } = "";

    /// <summary>The segment in words of an expression, a file or decisions; empty for everybody.</summary>
    public string Segment { get; init; } = "";
}

/// <summary>One thing that is done with customers.</summary>
/// <param name="Id">Its name in files.</param>
/// <param name="Action">The action of the playbook; null for something else.</param>
/// <param name="Weight">How many get it beside the other arms; above 0.</param>
/// <param name="CostPerCustomer">Money.</param>
/// <param name="FixedCost">Money, once.</param>
public sealed record CampaignArm(string Id, string? Action, double Weight, double CostPerCustomer, double FixedCost);
