using System.Text.Json.Serialization;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>A campaign as it was planned, frozen: who gets what stands in the assignment, whose hash is here.</summary>
public sealed record CampaignPlan
{
    /// <summary>Version of the file.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>First day after what the plan knows.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>First day whose outcomes count.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Days whose outcomes count.</summary>
    public required int OutcomeDays { get; init; }

    /// <summary>First day on which the result is whole.</summary>
    [JsonIgnore] public DateOnly End => Start.AddDays(OutcomeDays);

    /// <summary>The version that forecast.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>SHA-256 of <c>playbook.json</c>, the playbook of the arms, hexadecimal.</summary>
    public required string PlaybookHash { get; init; }

    /// <summary>Days its forecasts speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Whom it is for.</summary>
    public required string Segment { get; init; }

    /// <summary>Salt of the draw.</summary>
    public required string Salt { get; init; }

    /// <summary>Whether each customer has an action of their own, so that an arm is compared with those of the control group who would have got it.</summary>
    public required bool ByDecision { get; init; }

    /// <summary>Share of all customers whom no campaign ever contacts.</summary>
    public required double HoldoutShare { get; init; }

    /// <summary>Customers of the segment who are left out for that.</summary>
    public required int Holdout { get; init; }

    /// <summary>Confidence of intervals.</summary>
    public required double Confidence { get; init; }

    /// <summary>Power of the design.</summary>
    public required double Power { get; init; }

    /// <summary>The control group first, then the arms.</summary>
    public required IReadOnlyList<PlannedArm> Arms { get; init; }

    /// <summary>Factors whose combinations the arms after the control group are, the last one changing fastest; none for arms on their own.</summary>
    public IReadOnlyList<CampaignFactor> Factors { get; init; } = [];

    /// <summary>What can be seen of the factors at the end.</summary>
    public IReadOnlyList<FactorFigure> FactorDesign { get; init; } = [];

    /// <summary>The tests that the arms after the control group are, each with customers of its own; null where it is one campaign.</summary>
    public MatrixPlan? Matrix { get; init; }

    /// <summary>What can be seen at the end.</summary>
    public required IReadOnlyList<DesignFigure> Design { get; init; }

    /// <summary>How alike the arms are to the control group before the start.</summary>
    public required IReadOnlyList<BalanceFigure> Balance { get; init; }

    /// <summary>Campaigns that run at the same time.</summary>
    public required IReadOnlyList<CampaignOverlap> Overlaps { get; init; }

    /// <summary>SHA-256 of <c>assignment.csv</c>, hexadecimal.</summary>
    public required string AssignmentSha256 { get; init; }

    /// <summary>Customers in the campaign, control group included.</summary>
    [JsonIgnore] public int Customers => Arms.Sum(arm => arm.Customers);

    /// <summary>Actions of the playbook that are done with an arm: its own, or those among the levels it combines.</summary>
    public IEnumerable<string> ActionsOf(int arm)
    {
        if (Factors.Count == 0 || arm == 0)
            return Arms[arm].Action is { } own ? [own] : [];
        Experiments.FactorialDesign design = FactorEffects.DesignOf(Factors);
        return Factors.Select((factor, f) => factor.Levels[design.Level(arm - 1, f)].Action).OfType<string>();
    }
}

/// <summary>A group of customers.</summary>
/// <param name="Id"><c>control</c>, or the arm's name.</param>
/// <param name="Action">The action of the playbook, or null.</param>
/// <param name="Share">Share of the customers that was meant.</param>
/// <param name="Customers">Customers.</param>
/// <param name="CostPerCustomer">Money.</param>
/// <param name="FixedCost">Money, once.</param>
public sealed record PlannedArm(string Id, string? Action, double Share, int Customers, double CostPerCustomer, double FixedCost)
{
    /// <summary>What it costs.</summary>
    [JsonIgnore] public double Cost => Customers == 0 ? 0 : FixedCost + Customers * CostPerCustomer;
}

/// <summary>The smallest change of an outcome that an arm shows with the power of the design.</summary>
public sealed record DesignFigure
{
    /// <summary>The arm.</summary>
    public required string Arm { get; init; }

    /// <summary><c>buyers</c> (share of customers) or <c>spend</c> (money a customer).</summary>
    public required string Outcome { get; init; }

    /// <summary>What it came to in as many days before the start, the customers of the campaign together.</summary>
    public required double Mean { get; init; }

    /// <summary>Its standard deviation from customer to customer.</summary>
    public required double Deviation { get; init; }

    /// <summary>Standard error of the difference that is to be expected.</summary>
    public required double StandardError { get; init; }

    /// <summary>The smallest change, per customer.</summary>
    public required double Smallest { get; init; }

    /// <summary>The same as a share of the mean; null where the mean is 0.</summary>
    public required double? Relative { get; init; }

    /// <summary>The same over all customers of the arm.</summary>
    public required double Total { get; init; }
}

/// <summary>A difference between an arm and the control group before the start.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Column">What is compared.</param>
/// <param name="Difference">Difference of means over the standard deviation; above .1 either way is much.</param>
public sealed record BalanceFigure(string Arm, string Column, double Difference)
{
    /// <summary>Differences up to here are usual.</summary>
    public const double Usual = 0.1;
}

/// <summary>A campaign that runs in the same days.</summary>
/// <param name="Campaign">Its name.</param>
/// <param name="Customers">Customers of this campaign whom the other one contacts.</param>
public sealed record CampaignOverlap(string Campaign, int Customers);
