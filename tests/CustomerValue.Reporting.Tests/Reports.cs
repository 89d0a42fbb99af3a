using CustomerValue.Models.Racing;
using CustomerValue.Models.Tests;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Tests;

/// <summary>Reports that the tests share.</summary>
internal static class Reports
{
    private static readonly Lazy<ReportData> s_measured = new(() => Build(Races.Measured));
    private static readonly Lazy<ReportData> s_unmeasured = new(() => Build(Races.Run(Races.Measured.Input.Log.LastDay.AddDays(1))));

    /// <summary>Of a race with a holdout.</summary>
    public static ReportData Measured => s_measured.Value;

    /// <summary>Of a race whose data end at the cutoff.</summary>
    public static ReportData Unmeasured => s_unmeasured.Value;

    private static ReportData Build((RaceInput Input, RaceResult Result) race) => ReportBuilder.Build(race.Input, race.Result, Races.ManifestOf(race.Input, race.Result), []);
}
