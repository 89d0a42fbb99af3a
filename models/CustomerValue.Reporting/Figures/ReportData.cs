using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Reporting.Figures;

/// <summary>Everything a training report shows, as numbers: <c>metrics.json</c> of a version. The page and the card are drawn from this alone.</summary>
/// <param name="Headline">What to know first.</param>
/// <param name="Grade">How far the champion can be trusted, and by which rule.</param>
/// <param name="Data">What was learnt from.</param>
/// <param name="Evaluation">Figures of every candidate on the holdout; null where the log ends at the cutoff.</param>
/// <param name="Differences">Paired differences of every candidate; empty without a holdout.</param>
/// <param name="Holdout">How the champion's forecasts met what happened; null without a holdout.</param>
/// <param name="Tracking">Purchases a week beside what the prior expects; null where no prior could be fitted.</param>
/// <param name="Importance">What the champion looks at.</param>
/// <param name="Examples">A handful of customers with forecasts and reasons.</param>
/// <param name="Drift">The population that later data are compared with.</param>
/// <param name="Provenance">How the version was made.</param>
public sealed record ReportData(
    Headline Headline,
    Grade Grade,
    DataSummary Data,
    RaceReport? Evaluation,
    IReadOnlyList<CandidateDifferences> Differences,
    HoldoutReport? Holdout,
    TrackedWeeks? Tracking,
    Importance Importance,
    IReadOnlyList<ExampleCustomer> Examples,
    PopulationSummary Drift,
    Provenance Provenance)
{
    /// <summary>Name of the file in a version's folder.</summary>
    public const string FileName = "metrics.json";
}

/// <summary>How the champion's forecasts met what happened on the holdout.</summary>
/// <param name="Reliability">Predicted churn beside actual churn, in ten bins of equal size, likeliest first.</param>
/// <param name="ChurnGain">Churners reached when customers are taken in order of churn probability.</param>
/// <param name="SpendGain">Spend reached when customers are taken in order of expected spend.</param>
/// <param name="SpendDeciles">Predicted and actual spend by tenth of customers, highest predicted first.</param>
/// <param name="Coverage">How often the 80 % interval of spend held, overall and by group; empty where the version has no intervals.</param>
/// <param name="Segments">Errors by kind of customer.</param>
/// <param name="Attributes">Errors by level of each attribute.</param>
public sealed record HoldoutReport(
    IReadOnlyList<ReliabilityBin> Reliability,
    GainCurve ChurnGain,
    GainCurve SpendGain,
    IReadOnlyList<SpendDecile> SpendDeciles,
    IReadOnlyList<GroupCoverage> Coverage,
    IReadOnlyList<GroupErrors> Segments,
    IReadOnlyList<AttributeErrors> Attributes);

/// <summary>What a version was learnt from.</summary>
/// <param name="Rows">Transactions in the log.</param>
/// <param name="Customers">Customers in the log.</param>
/// <param name="FirstDay">Earliest day of the log.</param>
/// <param name="LastDay">Latest day of the log.</param>
/// <param name="Cutoff">Everything before this day was learnt from.</param>
/// <param name="HorizonDays">Days ahead that are predicted.</param>
/// <param name="Population">Customers with a purchase before the cutoff.</param>
/// <param name="Active">Those of them with a purchase within the last year or two horizons, whichever is longer.</param>
/// <param name="BoughtOnce">Those of the population who had bought on one day only.</param>
/// <param name="PurchaseDays">Purchase days before the cutoff.</param>
/// <param name="Spend">Money spent before the cutoff, after the returns policy.</param>
/// <param name="Features">Features a model could see.</param>
/// <param name="Attributes">Customer attributes among them.</param>
/// <param name="HoldoutPurchases">Purchase days of the population within the horizon; null where not known.</param>
/// <param name="HoldoutSpend">Money of the population within the horizon; null where not known.</param>
/// <param name="HoldoutChurn">Share of the population that stayed away; null where not known.</param>
/// <param name="Findings">Doubts about files, data and fits, gravest first.</param>
public sealed record DataSummary(
    int Rows,
    int Customers,
    DateOnly FirstDay,
    DateOnly LastDay,
    DateOnly Cutoff,
    int HorizonDays,
    int Population,
    int Active,
    int BoughtOnce,
    long PurchaseDays,
    double Spend,
    int Features,
    int Attributes,
    double? HoldoutPurchases,
    double? HoldoutSpend,
    double? HoldoutChurn,
    IReadOnlyList<Finding> Findings);

/// <summary>How a version was made: enough to make it again and to check that it is the same.</summary>
/// <param name="Version">Name of the version.</param>
/// <param name="Created">When it was published.</param>
/// <param name="Product">Name and version of the program.</param>
/// <param name="Champion">Name of the champion.</param>
/// <param name="Description">The champion introducing itself.</param>
/// <param name="Seed">Seed of everything drawn by chance.</param>
/// <param name="ModelHash">SHA-256 over the model files.</param>
/// <param name="DataHash">Fingerprint of the log.</param>
/// <param name="FeatureSchemaHash">Hash of the feature schema.</param>
/// <param name="Options">Options of the run by name.</param>
public sealed record Provenance(
    string Version,
    DateTimeOffset Created,
    string Product,
    string Champion,
    string Description,
    int Seed,
    string ModelHash,
    string DataHash,
    string FeatureSchemaHash,
    IReadOnlyDictionary<string, string> Options);
