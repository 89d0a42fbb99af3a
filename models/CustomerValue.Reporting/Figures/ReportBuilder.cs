using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Reporting.Figures;

/// <summary>Computes what a training report shows from a race that was run.</summary>
public static class ReportBuilder
{
    /// <summary>Everything in the report; deterministic for the same race.</summary>
    /// <param name="input">What the race was run on.</param>
    /// <param name="result">The race.</param>
    /// <param name="manifest">The version as far as it is known before publishing.</param>
    /// <param name="findings">Doubts about the files that were read.</param>
    public static ReportData Build(RaceInput input, RaceResult result, Manifest manifest, IReadOnlyList<Finding> findings)
    {
        Snapshot latest = result.Latest;
        Forecast champion = result.Said.Of(result.Champion);
        int[] segments = CustomerSegments.Assign(latest);
        Holdout? holdout = result.Report is null ? null : new Holdout(latest);
        Finding[] doubts = [.. findings.Concat(latest.Aggregates.Findings).Concat(latest.Features.Findings).Concat(result.Findings).Distinct().OrderByDescending(finding => finding.Severity)];
        DataSummary data = Summarise(input, latest, manifest, doubts);
        TrackedWeeks? tracking = result.Prior is null ? null : TrackedWeeks.Of(input.Log, latest, result.Prior, champion.ExpectedPurchases.Sum());
        Importance importance = Importance.Of(result.Champion, latest.Features.Schema, result.Prior, holdout, input.Seed);
        IReadOnlyList<ExampleCustomer> examples = ExampleCustomer.Choose(result.Champion, latest, champion, segments);
        PopulationSummary drift = PopulationSummary.Of(latest, champion);
        Provenance provenance = new()
        {
            Version = manifest.Version,
            Created = manifest.Created,
            Product = manifest.Product,
            Champion = manifest.Model,
            Description = manifest.Description,
            Seed = input.Seed,
            ModelHash = manifest.ModelHash,
            DataHash = manifest.Data.Sha256,
            FeatureSchemaHash = manifest.FeatureSchemaHash,
            Options = manifest.Options,
        };
        if (holdout is null)
            return new ReportData
            {
                Headline = Headline.Unmeasured(result.Champion.Name, input.Window),
                Grade = Grade.Unmeasured,
                Data = data,
                Evaluation = null,
                Differences = [],
                Holdout = null,
                LifetimeBacktest = result.LifetimeBacktest,
                Tracking = tracking,
                Importance = importance,
                Examples = examples,
                Drift = drift,
                Provenance = provenance,
            };

        Comparison comparison = new(holdout, result, champion, input);
        Headline headline = Headline.Of(result.Champion.Name, input.Window, comparison.Targets());
        Grade grade = Grade.Of(headline.Comparisons, result.Report!.Candidates.Single(candidate => candidate.Name == result.Report.Champion), doubts);
        HoldoutReport met = new()
        {
            Reliability = ReliabilityBin.Table(champion.ChurnProbability, holdout.Churned),
            ChurnGain = comparison.ChurnGain(),
            SpendGain = comparison.SpendGain(),
            SpendDeciles = SpendDecile.Table(champion.ExpectedSpend, holdout.Spend),
            Coverage = result.Intervals?.Coverage(champion, latest) ?? [],
            Segments = GroupErrors.Measure(holdout, champion, segments, CustomerSegments.Kinds(input.Horizon)),
            Attributes = AttributeErrors.Measure(holdout, champion),
        };
        return new ReportData
        {
            Headline = headline,
            Grade = grade,
            Data = data,
            Evaluation = result.Report,
            Differences = comparison.Differences,
            Holdout = met,
            LifetimeBacktest = result.LifetimeBacktest,
            Tracking = tracking,
            Importance = importance,
            Examples = examples,
            Drift = drift,
            Provenance = provenance,
        };
    }

    private static DataSummary Summarise(RaceInput input, Snapshot latest, Manifest manifest, Finding[] findings)
    {
        CustomerAggregates aggregates = latest.Aggregates;
        int silence = input.Horizon.LongSilenceDays, active = 0, once = 0;
        double days = 0, spend = 0;
        ReadOnlySpan<double> x = aggregates.X, tx = aggregates.Tx, age = aggregates.T, total = aggregates.TotalSpend;
        for (int i = 0; i < x.Length; i++)
        {
            active += age[i] - tx[i] < silence ? 1 : 0;
            once += x[i] == 0 ? 1 : 0;
            days += x[i] + 1;
            spend += total[i];
        }
        return new DataSummary
        {
            Rows = manifest.Data.Rows,
            Customers = manifest.Data.Customers,
            Drawn = input.IsSample ? input.Log.CustomerCount : null,
            FirstDay = manifest.Data.FirstDay,
            LastDay = manifest.Data.LastDay,
            Cutoff = input.Cutoff,
            HorizonDays = input.Horizon.Days,
            Population = latest.Count,
            Active = active,
            BoughtOnce = once,
            PurchaseDays = (long)days,
            Spend = spend,
            Features = latest.Features.Schema.Count,
            Attributes = latest.Features.Schema.Attributes.Columns.Count,
            HoldoutPurchases = latest.Outcomes is null ? null : Sum(latest.Outcomes.Purchases),
            HoldoutSpend = latest.Outcomes is null ? null : Sum(latest.Outcomes.Spend),
            HoldoutChurn = latest.Outcomes is null ? null : latest.Outcomes.Churned.Count(true) / (double)latest.Count,
            Findings = findings,
        };
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
