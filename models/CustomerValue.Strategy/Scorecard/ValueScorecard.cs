using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Strategy.Scorecard;

/// <summary>A tree of weighted indicators under current and potential value, as a JSON file says it. Fitted to customers it gives each an index of 0 to 100.</summary>
public sealed class ValueScorecard
{
    private ValueScorecard(string name, string json, ScorecardItem current, ScorecardItem potential)
    {
        Name = name;
        Json = json;
        Current = current;
        Potential = potential;
    }

    /// <summary>The scorecard used where none is given.</summary>
    public static ValueScorecard Default { get; } = LoadDefault();

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its text as read, to be kept with a model's version.</summary>
    public string Json { get; }

    internal ScorecardItem Current { get; }

    internal ScorecardItem Potential { get; }

    /// <summary>Reads a scorecard file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogue">The indicators it may name; the standard ones where null.</param>
    /// <exception cref="BadDataException">
    /// The file cannot be read; an indicator is unknown; weights do not sum to 1; judgements are not reciprocal or their consistency ratio is above
    /// <see cref="PairwiseComparison.MaxConsistencyRatio"/>. The message names file, line and remedy.
    /// </exception>
    public static ValueScorecard Read(string path, IndicatorCatalogue? catalogue = null)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, catalogue);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: found no readable file ({exception.Message}), expected a scorecard; check the path and its rights.", exception);
        }
    }

    /// <summary>Reads the text of a scorecard.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Its name in errors.</param>
    /// <param name="catalogue">The indicators it may name; the standard ones where null.</param>
    /// <exception cref="BadDataException">As <see cref="Read"/>.</exception>
    public static ValueScorecard Parse(string json, string source, IndicatorCatalogue? catalogue = null)
    {
        (string name, ScorecardItem current, ScorecardItem potential) = new ScorecardParser(json, source).Parse();
        new ScorecardCheck(source, catalogue ?? IndicatorCatalogue.Standard).Run(current, potential);
        return new ValueScorecard(name, json, current, potential);
    }

    /// <summary>Learns from customers what low and high values are, and weights by entropy where asked.</summary>
    /// <param name="table">Indicators of the customers.</param>
    public FittedScorecard Fit(IndicatorTable table) => ScorecardFit.Fit(this, table);

    private static ValueScorecard LoadDefault()
    {
        const string name = "default-scorecard.json";
        using Stream stream = typeof(ValueScorecard).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return Parse(reader.ReadToEnd(), name);
    }
}
