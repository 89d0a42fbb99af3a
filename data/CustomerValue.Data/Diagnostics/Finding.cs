namespace CustomerValue.Data.Diagnostics;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Results hold, with a reservation.</summary>
    Warning,

    /// <summary>Results should not be used before this is mended.</summary>
    Error,
}

/// <summary>A doubt about data, a fit or a result, collected in results and reports.</summary>
/// <param name="Code">Stable kebab-case code, for example <c>many-rejected-rows</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found, with figures.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Finding(string Code, Severity Severity, string Message, string Remedy);
