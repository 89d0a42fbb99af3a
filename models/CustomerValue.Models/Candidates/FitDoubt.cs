using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Candidates;

/// <summary>Doubts of the buy-till-you-die library as findings of this house.</summary>
public static class FitDoubt
{
    /// <summary>The same doubt; the message may say whose it is.</summary>
    /// <param name="doubt">A doubt about a fit.</param>
    /// <param name="candidate">Whose fit it is; null leaves the message alone.</param>
    public static Finding ToFinding(FitFinding doubt, string? candidate = null) =>
        new(doubt.Code, ToSeverity(doubt.Severity), candidate is null ? doubt.Message : $"{candidate}: {doubt.Message}", doubt.Remedy);

    private static Severity ToSeverity(FitSeverity severity) => severity switch
    {
        FitSeverity.Information => Severity.Information,
        FitSeverity.Warning => Severity.Warning,
        FitSeverity.Error => Severity.Error,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "The buy-till-you-die library knows no such severity."),
    };
}
