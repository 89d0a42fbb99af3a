using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;

namespace CustomerValue.Reporting.Figures;

/// <summary>What is known of a whole base when it is scored: kept beside its book, where the transactions are not.</summary>
public sealed record BookFacts
{
    /// <summary>How far the base moved from the one the version learnt on; null where the version has no baseline.</summary>
    public required BaseDrift? Drift { get; init; }

    /// <summary>Earlier totals of spend; null where amounts are not known.</summary>
    public required PastForecasts? Past { get; init; }

    /// <summary>As one line of JSON.</summary>
    public string ToText() => JsonSerializer.Serialize(this, StoreJson.Compact);

    /// <summary>From what <see cref="ToText"/> gave; null where there is none, or of another program.</summary>
    public static BookFacts? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<BookFacts>(text, StoreJson.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How far a base moved from the one a version learnt on, in short.</summary>
/// <param name="Since">Day up to which the version learnt.</param>
/// <param name="Drifted">Whether anything is over its limit.</param>
/// <param name="Watched">Features and scores that are watched.</param>
/// <param name="Furthest">Those that moved furthest against their limits, the furthest first, scores among them.</param>
/// <param name="Findings">What moved, what it means, what to do.</param>
public sealed record BaseDrift(DateOnly Since, bool Drifted, int Watched, IReadOnlyList<DriftFigure> Furthest, IReadOnlyList<Finding> Findings)
{
    private const int MostFigures = 8;

    /// <summary>The short form of a comparison.</summary>
    public static BaseDrift Of(DriftReport report)
    {
        DistributionDrift[] watched = [.. report.Features.Concat(report.Scores).Where(one => one.Movement == Movement.Watched)];
        return new BaseDrift(report.Cutoff, report.Drifted, watched.Length,
            [.. watched.OrderByDescending(one => one.Stability / one.Limit).Take(MostFigures).Select(one => new DriftFigure(one.Name, one.Meaning, one.Stability, one.Limit, one.Over))],
            [.. report.Findings.Where(finding => finding.Severity > Severity.Information)]);
    }
}

/// <summary>How far one feature or score moved.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Stability">Population stability index.</param>
/// <param name="Limit">What the index may reach.</param>
/// <param name="Over">Whether it is over it.</param>
public sealed record DriftFigure(string Name, string Meaning, double Stability, double Limit, bool Over);
