namespace CustomerValue.Boosting;

/// <summary>The family of errors of this library.</summary>
public abstract class BoostingException : Exception
{
    private protected BoostingException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>Options outside their range; every violation is listed.</summary>
public sealed class InvalidOptionsException : BoostingException
{
    /// <summary>Makes the error from its violations.</summary>
    public InvalidOptionsException(IReadOnlyList<string> violations) : base(string.Join(Environment.NewLine, violations)) => Violations = violations;

    /// <summary>One sentence a violation: option, found, expected.</summary>
    public IReadOnlyList<string> Violations { get; }
}

/// <summary>Rows that cannot be learnt from; every problem is listed.</summary>
public sealed class InvalidTrainingDataException : BoostingException
{
    /// <summary>Makes the error from its problems.</summary>
    public InvalidTrainingDataException(IReadOnlyList<string> problems) : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>One sentence a problem: place, found, expected.</summary>
    public IReadOnlyList<string> Problems { get; }
}

/// <summary>Data whose columns are not those that the model was trained on.</summary>
public sealed class FeatureMismatchException : BoostingException
{
    /// <summary>Makes the error.</summary>
    public FeatureMismatchException(string message) : base(message) { }
}

/// <summary>A model file that is damaged, hostile, or of an unknown kind.</summary>
public sealed class InvalidModelException : BoostingException
{
    /// <summary>Makes the error.</summary>
    public InvalidModelException(string message, Exception? inner = null) : base(message, inner) { }
}
