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
        Forecast champion = result.Champion.Forecast(latest, input.Horizon);
        int[] segments = CustomerSegments.Assign(latest);
        Holdout? holdout = result.Report is null ? null : new Holdout(latest);
        Finding[] doubts = [.. findings.Concat(latest.Aggregates.Findings).Concat(latest.Features.Findings).Concat(result.Findings).Distinct().OrderByDescending(finding => finding.Severity)];
        DataSummary data = Summarise(input, latest, manifest, doubts);
        TrackedWeeks? tracking = result.Prior is null ? null : TrackedWeeks.Of(input.Log, latest, result.Prior, champion.ExpectedPurchases.Sum());
        Importance importance = Importance.Of(result.Champion, latest.Features.Schema, result.Prior, holdout, input.Seed);
        IReadOnlyList<ExampleCustomer> examples = ExampleCustomer.Choose(result.Champion, latest, champion, segments);
        PopulationSummary drift = PopulationSummary.Of(latest, champion);
        Provenance provenance = new(manifest.Version, manifest.Created, manifest.Product, manifest.Model, manifest.Description, input.Seed,
            manifest.ModelHash, manifest.Data.Sha256, manifest.FeatureSchemaHash, manifest.Options);
        if (holdout is null)
            return new ReportData(Headline.Unmeasured(result.Champion.Name, input.Window), Grade.Unmeasured, data, null, [], null, tracking, importance, examples, drift, provenance);

        Comparison comparison = new(holdout, result, champion, input);
        Headline headline = Headline.Of(result.Champion.Name, input.Window, comparison.Targets());
        Grade grade = Grade.Of(headline.Comparisons, result.Report!.Candidates.Single(candidate => candidate.Name == result.Report.Champion), doubts);
        HoldoutReport met = new(
            ReliabilityBin.Table(champion.ChurnProbability, holdout.Churned),
            comparison.ChurnGain(),
            comparison.SpendGain(),
            SpendDecile.Table(champion.ExpectedSpend, holdout.Spend),
            result.Intervals?.Coverage(champion, latest) ?? [],
            GroupErrors.Measure(holdout, champion, segments, CustomerSegments.Kinds(input.Horizon)),
            AttributeErrors.Measure(holdout, champion));
        return new ReportData(headline, grade, data, result.Report, comparison.Differences, met, tracking, importance, examples, drift, provenance);
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
        return new DataSummary(manifest.Data.Rows, manifest.Data.Customers, manifest.Data.FirstDay, manifest.Data.LastDay, input.Cutoff, input.Horizon.Days,
            latest.Count, active, once, (long)days, spend, latest.Features.Schema.Count, latest.Features.Schema.Attributes.Columns.Count,
            latest.Outcomes is null ? null : Sum(latest.Outcomes.Purchases), latest.Outcomes is null ? null : Sum(latest.Outcomes.Spend),
            latest.Outcomes is null ? null : latest.Outcomes.Churned.Count(true) / (double)latest.Count, findings);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
