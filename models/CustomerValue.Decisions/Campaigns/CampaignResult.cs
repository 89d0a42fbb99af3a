using System.Text.Json.Serialization;
using CustomerValue.Decisions.Experiments;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>What a campaign earned, from the transactions alone.</summary>
public sealed record CampaignResult
{
    /// <summary>The campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>The version whose forecasts it rests on.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>First day whose outcomes count.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>First day whose outcomes do not count any more.</summary>
    public required DateOnly End { get; init; }

    /// <summary>Whether all days planned were seen. A result before that has wider intervals, which hold however often one looks.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>First day on which the result can be whole.</summary>
    public required DateOnly ReadyOn { get; init; }

    /// <summary>Confidence of all intervals of an arm's figures together with the other arms'.</summary>
    public required double Confidence { get; init; }

    /// <summary>Each arm beside the control group.</summary>
    public required IReadOnlyList<ArmResult> Arms { get; init; }

    /// <summary>False discovery rate of a matrix of tests; null where it is one campaign.</summary>
    public double? FalseDiscovery { get; init; }

    /// <summary>Main effects of the factors, then how they change each other; none for arms on their own.</summary>
    public IReadOnlyList<FactorEffect> Factors { get; init; } = [];

    /// <summary>Whether the experiment can be believed.</summary>
    public required IReadOnlyList<CampaignCheck> Checks { get; init; }

    /// <summary>What was forecast for the control group and what came.</summary>
    public required IReadOnlyList<ForecastCheck> Forecasts { get; init; }

    /// <summary>Whether nothing contradicts the experiment.</summary>
    [JsonIgnore] public bool IsSound => Checks.All(check => check.Passed);
}

/// <summary>An outcome of an arm beside the control group, per customer.</summary>
public sealed record OutcomeEffect
{
    /// <summary><c>buyers</c>, <c>purchases</c>, <c>spend</c> or <c>margin</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Mean of the control group.</summary>
    public required double Control { get; init; }

    /// <summary>What the arm has more, adjusted by the forecast.</summary>
    public required double Difference { get; init; }

    /// <summary>Standard error of the difference.</summary>
    public required double StandardError { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }

    /// <summary>Probability of such a difference by chance, corrected for the number of arms; null before the result is whole.</summary>
    public required double? PValue { get; init; }

    /// <summary>For a test of a matrix the least false discovery rate, over all tests, at which it is called real; null elsewhere and before the result is whole. Its probability is not corrected.</summary>
    public double? QValue { get; init; }

    /// <summary>Whether the interval leaves zero out.</summary>
    [JsonIgnore] public bool IsSeen => Low > 0 || High < 0;

    /// <summary>An effect; without an estimate, one of which nothing is known.</summary>
    internal static OutcomeEffect Of(string outcome, double control, Estimate? estimate, (double Low, double High) interval, double? probability) => new()
    {
        Outcome = outcome,
        Control = control,
        Difference = estimate?.Difference ?? double.NaN,
        StandardError = estimate?.StandardError ?? double.NaN,
        Low = estimate is null ? double.NegativeInfinity : interval.Low,
        High = estimate is null ? double.PositiveInfinity : interval.High,
        PValue = estimate is null ? null : probability,
    };
}

/// <summary>The spend effect in a part of the customers.</summary>
/// <param name="Group">A strategy, or a tenth by predicted spend: <c>1</c> the lowest.</param>
/// <param name="Customers">Customers of arm and control group.</param>
/// <param name="Buyers">Difference of the share of buyers.</param>
/// <param name="Spend">Difference of spend a customer; money.</param>
/// <param name="SpendLow">Lower end of its interval.</param>
/// <param name="SpendHigh">Upper end of it.</param>
public sealed record GroupEffect(string Group, int Customers, double Buyers, double Spend, double SpendLow, double SpendHigh);

/// <summary>An effect as a playbook states it.</summary>
/// <param name="Kind"><c>buying</c> or <c>spend</c>.</param>
/// <param name="Effect">Share of those who would not buy who then do (negative: of those who would who then do not), or change of spend beyond what more buyers bring.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record PlaybookEffect(string Kind, double Effect, double StandardError);

/// <summary>What one arm did.</summary>
public sealed record ArmResult
{
    /// <summary>The arm.</summary>
    public required string Arm { get; init; }

    /// <summary>The action of the playbook, or null.</summary>
    public required string? Action { get; init; }

    /// <summary>Customers who were meant to get it.</summary>
    public required int Customers { get; init; }

    /// <summary>Customers of the control group it is compared with.</summary>
    public required int Control { get; init; }

    /// <summary>Buyers, purchases, spend and margin.</summary>
    public required IReadOnlyList<OutcomeEffect> Outcomes { get; init; }

    /// <summary>What it cost; money.</summary>
    public required double Cost { get; init; }

    /// <summary>More buyers over all its customers.</summary>
    public required double IncrementalBuyers { get; init; }

    /// <summary>More margin over all its customers; money.</summary>
    public required double IncrementalMargin { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double MarginLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double MarginHigh { get; init; }

    /// <summary>Margin earned less cost, over the cost; null where it cost nothing.</summary>
    public required double? ReturnOnMoney { get; init; }

    /// <summary>Money for one more buyer; null where there are none more.</summary>
    public required double? CostPerBuyer { get; init; }

    /// <summary>By strategy of the day of the plan.</summary>
    public required IReadOnlyList<GroupEffect> ByStrategy { get; init; }

    /// <summary>By tenth of predicted spend.</summary>
    public required IReadOnlyList<GroupEffect> ByValue { get; init; }

    /// <summary>What the playbook learns.</summary>
    public required IReadOnlyList<PlaybookEffect> Effects { get; init; }

    /// <summary>An outcome by name.</summary>
    public OutcomeEffect Of(string outcome) => Outcomes.Single(one => one.Outcome == outcome);
}

/// <summary>A check of the experiment.</summary>
/// <param name="Check"><c>sample-ratio</c>, <c>before-the-start</c> or <c>contamination</c>.</param>
/// <param name="Arm">The arm; null for all together.</param>
/// <param name="Passed">Whether nothing is odd.</param>
/// <param name="Value">A probability for the first two, the share of the control group that was contacted for the third.</param>
/// <param name="Words">What it means.</param>
public sealed record CampaignCheck(string Check, string? Arm, bool Passed, double Value, string Words);

/// <summary>What was forecast for the control group and what came, where the days of both are alike.</summary>
/// <param name="Outcome"><c>buyers</c>, <c>purchases</c> or <c>spend</c>.</param>
/// <param name="Forecast">Sum of the forecasts.</param>
/// <param name="Came">What came.</param>
public sealed record ForecastCheck(string Outcome, double Forecast, double Came);
