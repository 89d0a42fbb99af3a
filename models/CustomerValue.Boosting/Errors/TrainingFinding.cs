namespace CustomerValue.Boosting;

/// <summary>How much a <see cref="TrainingFinding"/> matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Look at it before trusting the model.</summary>
    Warning,
}

/// <summary>A doubt about data or model, as a value.</summary>
/// <param name="Code">A stable word, for example <c>constant-feature</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record TrainingFinding(string Code, FindingSeverity Severity, string Message, string Remedy);
