using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Simulation;

/// <summary>A kind of customer: the distributions its members' hidden rates are drawn from.</summary>
/// <remarks>Symbols follow Schmittlein, Morrison and Colombo (1987) for purchases and dropout, Fader, Hardie and Lee (2005) for spend.</remarks>
public sealed record SimulationSegment
{
    /// <summary>Name, written to truth.csv; at most 40 characters without comma, quote or line end.</summary>
    public required string Name { get; init; }

    /// <summary>Relative share of customers; the shares of all segments are scaled to 1. Allowed above 0 to 1000.</summary>
    [Range(1e-9, 1000)] public double Share { get; init; } = 1;

    /// <summary>r: shape of the gamma of purchase rates. Default 1; allowed 0.05 to 1000 (large: everyone alike).</summary>
    [Range(0.05, 1000)] public double RateShape { get; init; } = 1;

    /// <summary>Mean purchase rate r / alpha, in orders a day while active. Default 0.02; allowed 0.0001 to 2.</summary>
    [Range(0.0001, 2)] public double MeanRatePerDay { get; init; } = 0.02;

    /// <summary>k: gaps between orders are Erlang k, 1 being Poisson, more being more regular. Default 1; allowed 1 to 8.</summary>
    [Range(1, 8)] public int Regularity { get; init; } = 1;

    /// <summary>s: shape of the gamma of dropout rates (<see cref="DropoutKind.Lifetime"/>). Default 1; allowed 0.05 to 1000.</summary>
    [Range(0.05, 1000)] public double DropoutShape { get; init; } = 1;

    /// <summary>Mean dropout rate s / beta, per day (<see cref="DropoutKind.Lifetime"/>). Default 0.002; allowed 0 (nobody leaves) to 1.</summary>
    [Range(0, 1)] public double MeanDropoutPerDay { get; init; } = 0.002;

    /// <summary>a of the beta of dropout probabilities after a repeat order (<see cref="DropoutKind.AfterOrder"/>). Default 1; allowed 0.05 to 1000.</summary>
    [Range(0.05, 1000)] public double DropoutBetaA { get; init; } = 1;

    /// <summary>b of that beta. Default 6; allowed 0.05 to 1000.</summary>
    [Range(0.05, 1000)] public double DropoutBetaB { get; init; } = 6;

    /// <summary>Strength of the yearly wave: 0 none, 1 an autumn peak near 2.4 times the average. Default 0.5; allowed 0 to 2.</summary>
    [Range(0, 2)] public double SeasonStrength { get; init; } = 0.5;

    /// <summary>Rate on Saturday and Sunday relative to a working day. Default 1; allowed 0.05 to 20.</summary>
    [Range(0.05, 20)] public double WeekendFactor { get; init; } = 1;

    /// <summary>p: shape of an order's value around the customer's mean. Default 4; allowed 0.2 to 1000.</summary>
    [Range(0.2, 1000)] public double SpendShape { get; init; } = 4;

    /// <summary>q: tail of the customers' means; the smaller, the heavier. Default 3.5; allowed 1.2 to 1000.</summary>
    [Range(1.2, 1000)] public double SpendTail { get; init; } = 3.5;

    /// <summary>Mean order value p gamma / (q - 1) over customers, in money at the start's prices. Default 60; allowed 1 to 100,000.</summary>
    [Range(1, 100_000)] public double MeanOrderValue { get; init; } = 60;

    /// <summary>Share of orders with a discount. Default 0.15; allowed 0 to 1.</summary>
    [Range(0, 1)] public double DiscountShare { get; init; } = 0.15;

    /// <summary>Share of lines sent back 1 to 30 days later. Default 0.05; allowed 0 to 0.9.</summary>
    [Range(0, 0.9)] public double ReturnShare { get; init; } = 0.05;

    /// <summary>Mean service calls a year while active. Default 1; allowed 0 to 100.</summary>
    [Range(0, 100)] public double CallsPerYear { get; init; } = 1;

    /// <summary>Share of orders followed by a complaint. Default 0.02; allowed 0 to 1.</summary>
    [Range(0, 1)] public double ComplaintShare { get; init; } = 0.02;

    /// <summary>Mean relative change of the purchase rate during a campaign's effect; negative annoys. Default 0.2; allowed -0.5 to 3.</summary>
    [Range(-0.5, 3)] public double Uplift { get; init; } = 0.2;

    /// <summary>Mean share of the customer's wallet that is spent here. Default 0.4; allowed 0.02 to 0.98.</summary>
    [Range(0.02, 0.98)] public double WalletShare { get; init; } = 0.4;

    /// <summary>Relative readiness to refer others. Default 0.5; allowed 0 to 1.</summary>
    [Range(0, 1)] public double Advocacy { get; init; } = 0.5;

    /// <summary>Five consumer and business segments that together look like a mid-size shop: about 19 lines a customer in three years.</summary>
    public static IReadOnlyList<SimulationSegment> Defaults { get; } =
    [
        new()
        {
            Name = "loyal", Share = 0.16, RateShape = 2.2, MeanRatePerDay = 0.035, Regularity = 2, DropoutShape = 1.5, MeanDropoutPerDay = 0.0008,
            DropoutBetaA = 0.8, DropoutBetaB = 24, SeasonStrength = 0.35, WeekendFactor = 1.2, MeanOrderValue = 62, DiscountShare = 0.10,
            ReturnShare = 0.04, CallsPerYear = 0.8, ComplaintShare = 0.01, Uplift = 0.05, WalletShare = 0.65, Advocacy = 0.9,
        },
        new()
        {
            Name = "regular", Share = 0.30, RateShape = 1.6, MeanRatePerDay = 0.021, DropoutShape = 1.1, MeanDropoutPerDay = 0.0020,
            DropoutBetaA = 0.9, DropoutBetaB = 9, SeasonStrength = 0.5, WeekendFactor = 1.3, MeanOrderValue = 48, DiscountShare = 0.18,
            CallsPerYear = 1.0, Uplift = 0.25, WalletShare = 0.4, Advocacy = 0.5,
        },
        new()
        {
            Name = "seasonal", Share = 0.22, RateShape = 1.2, MeanRatePerDay = 0.008, DropoutShape = 0.9, MeanDropoutPerDay = 0.0015,
            DropoutBetaA = 0.9, DropoutBetaB = 5, SeasonStrength = 1.6, WeekendFactor = 1.4, MeanOrderValue = 85, SpendTail = 3,
            DiscountShare = 0.25, ReturnShare = 0.07, CallsPerYear = 0.6, Uplift = 0.45, WalletShare = 0.3, Advocacy = 0.3,
        },
        new()
        {
            Name = "trial", Share = 0.25, RateShape = 0.5, MeanRatePerDay = 0.006, DropoutShape = 0.6, MeanDropoutPerDay = 0.012,
            DropoutBetaA = 1.2, DropoutBetaB = 1.8, SeasonStrength = 0.7, MeanOrderValue = 34, SpendShape = 2.5, DiscountShare = 0.40,
            ReturnShare = 0.12, CallsPerYear = 1.6, ComplaintShare = 0.06, Uplift = -0.10, WalletShare = 0.15, Advocacy = 0.1,
        },
        new()
        {
            Name = "business", Share = 0.07, RateShape = 3, MeanRatePerDay = 0.040, Regularity = 4, DropoutShape = 1.2, MeanDropoutPerDay = 0.0009,
            DropoutBetaA = 0.7, DropoutBetaB = 22, SeasonStrength = 0.15, WeekendFactor = 0.1, MeanOrderValue = 240, SpendTail = 2.4,
            DiscountShare = 0.30, ReturnShare = 0.02, CallsPerYear = 4, ComplaintShare = 0.03, Uplift = 0.10, WalletShare = 0.35, Advocacy = 0.4,
        },
    ];
}
