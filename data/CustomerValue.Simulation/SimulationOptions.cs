using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Simulation;

/// <summary>What is simulated. Same options, same bytes; <see cref="Threads"/> alone never changes the result.</summary>
public sealed record SimulationOptions
{
    /// <summary>Number of customers. Default 20,000; allowed 1 to 100,000,000.</summary>
    [Range(1, 100_000_000)] public int Customers { get; init; } = 20_000;

    /// <summary>First day of the log. Default 2021-01-01; allowed 1900-01-01 to 2200-01-01.</summary>
    public DateOnly Start { get; init; } = new(2021, 1, 1);

    /// <summary>Days in the log; its end, <see cref="End"/>, is the first day not in it. Default 1095; allowed 30 to 7300.</summary>
    [Range(30, 7300)] public int Days { get; init; } = 1095;

    /// <summary>Days from the start in which customers make their first order; null, the default, means all <see cref="Days"/>. Allowed 1 to <see cref="Days"/>.</summary>
    public int? AcquisitionDays { get; init; }

    /// <summary>Days after the end that truth.csv speaks of. Default 90; allowed 1 to 730.</summary>
    [Range(1, 730)] public int HorizonDays { get; init; } = 90;

    /// <summary>Seed of all chance. Default 1; any number.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that simulate and format. Default: the processors; allowed 1 to 256. Never changes the result.</summary>
    [Range(1, 256)] public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>How customers leave. Default <see cref="DropoutKind.Lifetime"/>.</summary>
    public DropoutKind Dropout { get; init; } = DropoutKind.Lifetime;

    /// <summary>Relative growth of first orders a year. Default 0.10; allowed -0.9 to 9.</summary>
    [Range(-0.9, 9)] public double AcquisitionGrowthPerYear { get; init; } = 0.10;

    /// <summary>Relative growth of order values a year. Default 0.03; allowed -0.9 to 9.</summary>
    [Range(-0.9, 9)] public double SpendGrowthPerYear { get; init; } = 0.03;

    /// <summary>Products in the catalogue, spread over eight categories. Default 400; allowed 8 to 9999.</summary>
    [Range(8, 9999)] public int Products { get; init; } = 400;

    /// <summary>Mean lines an order (one plus a geometric number, at most 60). Default 2.5; allowed 1 to 10.</summary>
    [Range(1, 10)] public double LinesPerOrder { get; init; } = 2.5;

    /// <summary>Share of customers who, if a willing referrer is found among six asked, were referred. Default 0.3, which makes some 12 % referred; allowed 0 to 1.</summary>
    [Range(0, 1)] public double ReferralShare { get; init; } = 0.3;

    /// <summary>True effect of having been referred: relative change of the purchase rate. Default 0.25; allowed -0.9 to 4.</summary>
    [Range(-0.9, 4)] public double ReferralLift { get; init; } = 0.25;

    /// <summary>Campaigns sent; those that would fall after the log are not. Default 8; allowed 0 to 99.</summary>
    [Range(0, 99)] public int Campaigns { get; init; } = 8;

    /// <summary>Days from one campaign to the next, and from the start to the first. Default 120; allowed 7 to 730.</summary>
    [Range(7, 730)] public int CampaignEveryDays { get; init; } = 120;

    /// <summary>Days that a contact changes the purchase rate, from the day of contact on. Default 28; allowed 1 to <see cref="CampaignEveryDays"/>.</summary>
    [Range(1, 730)] public int CampaignEffectDays { get; init; } = 28;

    /// <summary>Share of known customers whom a campaign selects, at random. Default 0.5; allowed 0 to 1.</summary>
    [Range(0, 1)] public double CampaignTargetShare { get; init; } = 0.5;

    /// <summary>Share of the selected who are held back as control group, at random. Default 0.3; allowed 0 to 1.</summary>
    [Range(0, 1)] public double CampaignControlShare { get; init; } = 0.3;

    /// <summary>Share of each attribute's values that are missing in customers.csv. Default 0.06; allowed 0 to 1.</summary>
    [Range(0, 1)] public double MissingShare { get; init; } = 0.06;

    /// <summary>Columns of transactions.csv. Default <see cref="SimulatedColumns.All"/>.</summary>
    public SimulatedColumns Columns { get; init; } = SimulatedColumns.All;

    /// <summary>Files written. Default all.</summary>
    public SimulationFiles Files { get; init; } = SimulationFiles.All;

    /// <summary>True writes transactions' dates with their minute (2024-02-28T13:05:00). Default false.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Kinds of customers. Default <see cref="SimulationSegment.Defaults"/>; allowed 1 to 50.</summary>
    public IReadOnlyList<SimulationSegment> Segments { get; init; } = SimulationSegment.Defaults;

    /// <summary>The first day after the log: the cutoff that truth.csv stands at.</summary>
    public DateOnly End => Start.AddDays(Days);

    /// <summary>The options of the files in <c>data/samples</c>.</summary>
    public static SimulationOptions Sample { get; } = new()
    {
        Customers = 200,
        Start = new DateOnly(2022, 7, 1),
        Days = 549,
        AcquisitionDays = 400,
        Seed = 20_240_101,
        Threads = 1,
        Products = 64,
        LinesPerOrder = 1.6,
        Campaigns = 3,
        CampaignEveryDays = 150,
    };

    /// <summary>Everything that is wrong with these options, each as one sentence with the value found and those allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Validate() => SimulationOptionsCheck.Violations(this);
}
