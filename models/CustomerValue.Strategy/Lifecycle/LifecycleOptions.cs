using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Strategy.Lifecycle;

/// <summary>Limits of the stages in units of the customer's own rhythm; lateness is days since the last purchase over usual gap plus its deviation.</summary>
public sealed record LifecycleOptions
{
    /// <summary>Own gaps for which a customer is new. Default 2; allowed 0.5 to 10.</summary>
    [Range(0.5, 10.0)] public double NewGaps { get; init; } = 2;

    /// <summary>Lateness above which a customer slips. Default 1; allowed 0.5 to 10.</summary>
    [Range(0.5, 10.0)] public double SlippingLateness { get; init; } = 1;

    /// <summary>Lateness above which a customer is dormant. Default 2; allowed 0.5 to 20.</summary>
    [Range(0.5, 20.0)] public double DormantLateness { get; init; } = 2;

    /// <summary>Lateness above which a customer is lost whatever the model says. Default 5; allowed 1 to 50.</summary>
    [Range(1.0, 50.0)] public double LostLateness { get; init; } = 5;

    /// <summary>Probability of being alive below which a customer who is late is lost. Default .15; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double LostAlive { get; init; } = 0.15;

    /// <summary>Own gaps in the recent window that is compared with the time before it. Default 3; allowed 1 to 20.</summary>
    [Range(1.0, 20.0)] public double RecentGaps { get; init; } = 3;

    /// <summary>Standard deviations (of a Poisson count) by which recent purchases must differ from before to count as growing or slipping. Default 1.3; allowed 0 to 5.</summary>
    [Range(0.0, 5.0)] public double TrendDeviations { get; init; } = 1.3;
}
