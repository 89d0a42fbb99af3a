using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Reporting.Figures;

/// <summary>Everything a training report shows, as numbers: <c>metrics.json</c> of a version. The page and the card are drawn from this alone.</summary>
public sealed record ReportData
{
    /// <summary>What to know first.</summary>
    public required Headline Headline { get; init; }

    /// <summary>How far the champion can be trusted, and by which rule.</summary>
    public required Grade Grade { get; init; }

    /// <summary>What was learnt from.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>Figures of every candidate on the holdout; null where the log ends at the cutoff.</summary>
    public required RaceReport? Evaluation { get; init; }

    /// <summary>Paired differences of every candidate; empty without a holdout.</summary>
    public required IReadOnlyList<CandidateDifferences> Differences { get; init; }

    /// <summary>How the champion's forecasts met what happened; null without a holdout.</summary>
    public required HoldoutReport? Holdout { get; init; }

    /// <summary>What lifetime values said a year before the cutoff, and what came; null where nobody asked, and in versions that are older than this.</summary>
    public LifetimeBacktest? LifetimeBacktest { get; init; }

    /// <summary>Purchases a week beside what the prior expects; null where no prior could be fitted.</summary>
    public required TrackedWeeks? Tracking { get; init; }

    /// <summary>What the champion looks at.</summary>
    public required Importance Importance { get; init; }

    /// <summary>A handful of customers with forecasts and reasons.</summary>
    public required IReadOnlyList<ExampleCustomer> Examples { get; init; }

    /// <summary>The population that later data are compared with.</summary>
    public required PopulationSummary Drift { get; init; }

    /// <summary>How the version was made.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Name of the file in a version's folder.</summary>
    public const string FileName = "metrics.json";
}

/// <summary>How the champion's forecasts met what happened on the holdout.</summary>
public sealed record HoldoutReport
{
    /// <summary>Predicted churn beside actual churn, in ten bins of equal size, likeliest first.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Churners reached when customers are taken in order of churn probability.</summary>
    public required GainCurve ChurnGain { get; init; }

    /// <summary>Spend reached when customers are taken in order of expected spend.</summary>
    public required GainCurve SpendGain { get; init; }

    /// <summary>Predicted and actual spend by tenth of customers, highest predicted first.</summary>
    public required IReadOnlyList<SpendDecile> SpendDeciles { get; init; }

    /// <summary>How often the 80 % interval of spend held, overall and by group; empty where the version has no intervals.</summary>
    public required IReadOnlyList<GroupCoverage> Coverage { get; init; }

    /// <summary>Errors by kind of customer.</summary>
    public required IReadOnlyList<GroupErrors> Segments { get; init; }

    /// <summary>Errors by level of each attribute.</summary>
    public required IReadOnlyList<AttributeErrors> Attributes { get; init; }
}

/// <summary>What a version was learnt from.</summary>
public sealed record DataSummary
{
    /// <summary>Transactions in the log.</summary>
    public required int Rows { get; init; }

    /// <summary>Customers in the log.</summary>
    public required int Customers { get; init; }

    /// <summary>Those of them who were drawn to be learnt from and measured on, whom all further figures speak of; null where that is everyone.</summary>
    public int? Drawn { get; init; }

    /// <summary>Earliest day of the log.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Latest day of the log.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Everything before this day was learnt from.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Days ahead that are predicted.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Customers with a purchase before the cutoff.</summary>
    public required int Population { get; init; }

    /// <summary>Those of them with a purchase within the last year or two horizons, whichever is longer.</summary>
    public required int Active { get; init; }

    /// <summary>Those of the population who had bought on one day only.</summary>
    public required int BoughtOnce { get; init; }

    /// <summary>Purchase days before the cutoff.</summary>
    public required long PurchaseDays { get; init; }

    /// <summary>Money spent before the cutoff, after the returns policy.</summary>
    public required double Spend { get; init; }

    /// <summary>Features a model could see.</summary>
    public required int Features { get; init; }

    /// <summary>Customer attributes among them.</summary>
    public required int Attributes { get; init; }

    /// <summary>Purchase days of the population within the horizon; null where not known.</summary>
    public required double? HoldoutPurchases { get; init; }

    /// <summary>Money of the population within the horizon; null where not known.</summary>
    public required double? HoldoutSpend { get; init; }

    /// <summary>Share of the population that stayed away; null where not known.</summary>
    public required double? HoldoutChurn { get; init; }

    /// <summary>Doubts about files, data and fits, gravest first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>How a version was made: enough to make it again and to check that it is the same.</summary>
public sealed record Provenance
{
    /// <summary>Name of the version.</summary>
    public required string Version { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Name and version of the program.</summary>
    public required string Product { get; init; }

    /// <summary>Name of the champion.</summary>
    public required string Champion { get; init; }

    /// <summary>The champion introducing itself.</summary>
    public required string Description { get; init; }

    /// <summary>Seed of everything drawn by chance.</summary>
    public required int Seed { get; init; }

    /// <summary>SHA-256 over the model files.</summary>
    public required string ModelHash { get; init; }

    /// <summary>Fingerprint of the log.</summary>
    public required string DataHash { get; init; }

    /// <summary>Hash of the feature schema.</summary>
    public required string FeatureSchemaHash { get; init; }

    /// <summary>Options of the run by name.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }
}
