namespace CustomerValue.BuyTillYouDie;

/// <summary>How much a finding matters to whoever uses the result.</summary>
public enum FitSeverity
{
    /// <summary>Worth knowing; the result is as good as usual.</summary>
    Information,

    /// <summary>The result holds with a reservation; read the message.</summary>
    Warning,

    /// <summary>The result should not be used without following the remedy.</summary>
    Error,
}

/// <summary>A doubt about a fit, as data: what was seen and what to do about it.</summary>
/// <param name="Code">A stable word for programs, such as <c>no-dropout</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found, with figures.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record FitFinding(string Code, FitSeverity Severity, string Message, string Remedy);
