using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Tests;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Tests;

/// <summary>Reports that the tests share.</summary>
internal static class Reports
{
    private static readonly Lazy<ReportData> s_measured = new(() => Build(Races.Measured));
    private static readonly Lazy<ReportData> s_unmeasured = new(() => Build(Races.Run(Races.Measured.Input.Log.LastDay.AddDays(1))));

    private static readonly Lazy<ReportData> s_lookedBack = new(() => Build(LookBack(Races.Measured)));

    /// <summary>Of a race with a holdout.</summary>
    public static ReportData Measured => s_measured.Value;

    /// <summary>Of a race whose data end at the cutoff.</summary>
    public static ReportData Unmeasured => s_unmeasured.Value;

    /// <summary>Of a race whose lifetime values were looked back on; that with a holdout, too.</summary>
    public static ReportData LookedBack => s_lookedBack.Value;

    private static ReportData Build((RaceInput Input, RaceResult Result) race) => ReportBuilder.Build(race.Input, race.Result, Races.ManifestOf(race.Input, race.Result), []);

    private static (RaceInput Input, RaceResult Result) LookBack((RaceInput Input, RaceResult Result) race) =>
        (race.Input, race.Result with { LifetimeBacktest = LifetimeBacktester.Run(race.Input, CandidateCatalogue.Standard) });
}
