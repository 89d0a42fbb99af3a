namespace CustomerValue.Serving.Errors;

/// <summary>Ends a call with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail ?? problem.Title)
{
    public Problem Problem => problem;
}
