using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Reporting.Figures;
using CustomerValue.Serving.Models;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>What the version that scored the book says of it: its lines between low and high, its report, and whether it is of the demo. Read once a version.</summary>
internal sealed class BookLines(ModelStore store, Champion champion)
{
    private volatile Entry? _entry;

    /// <summary>Lines and axes; null where the version is gone or carries no strategy.</summary>
    public MapLines? Of(BookHeader header) => Read(header.ModelVersion).Lines;

    /// <summary>The report; null where the version is gone or has none.</summary>
    public ReportData? Report(string version) => Read(version).Report;

    /// <summary>Whether the version was trained on simulated customers; false where it is gone.</summary>
    public bool IsOfDemo(string version) => Read(version).IsOfDemo;

    private Entry Read(string version)
    {
        if (_entry is { } known && known.Version == version)
            return known;
        Entry entry = new(version, Tried(() => (champion.Current is { } served && served.Model.Version == version ? served.Strategy : StrategyOfVersion.Load(store.Open(version))) is { } strategy
            ? new MapLines(strategy.Recipe.Options.Axes == ValueAxes.Money, strategy.Recipe.Thresholds.Current, strategy.Recipe.Thresholds.Potential) : null),
            Tried(() => store.Open(version).ReadJson<ReportData>(ReportData.FileName)),
            Tried(() => champion.Current is { } served && served.Model.Version == version ? served.Manifest : store.Open(version).Manifest) is { } manifest && DemoNote.IsOn(manifest));
        return _entry = entry;
    }

    /// <summary>A book outlives its version: what cannot be read any more is left out of the pages.</summary>
    private static T? Tried<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ModelStoreException or IOException)
        {
            return null;
        }
    }

    private sealed record Entry(string Version, MapLines? Lines, ReportData? Report, bool IsOfDemo);
}

/// <summary>The lines between low and high.</summary>
/// <param name="OnMoney">Whether the axes are money; else indices from 0 to 100.</param>
/// <param name="Current">Line of current value.</param>
/// <param name="Potential">Line of potential value.</param>
internal sealed record MapLines(bool OnMoney, double Current, double Potential)
{
    public string Across => OnMoney ? "current_value" : "current_index";

    public string Up => OnMoney ? "potential_value" : "potential_index";
}
