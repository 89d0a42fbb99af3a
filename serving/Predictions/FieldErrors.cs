using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Predictions;

/// <summary>Collects what is wrong with a request by field path; the first hundred fields are enough to mend a client.</summary>
internal sealed class FieldErrors
{
    private const int Limit = 100;
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public bool IsFull => _errors.Count >= Limit;

    public void Add(string path, string message)
    {
        if (!IsFull)
            _errors[path] = _errors.TryGetValue(path, out string[]? messages) ? [.. messages, message] : [message];
    }

    /// <summary>Adds what is wrong with a field of which nothing else was said.</summary>
    public void AddUnlessSaid(string path, string message)
    {
        if (!_errors.ContainsKey(path))
            Add(path, message);
    }

    /// <exception cref="ProblemException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new ProblemException(Problems.Invalid(_errors));
    }
}
