using System.Diagnostics.Metrics;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Errors;

/// <summary>Counts the problems that were answered, by kind: what was refused, and why.</summary>
internal sealed class ProblemMeter(ServiceMeter meter)
{
    private readonly Counter<long> _problems = meter.Meter.CreateCounter<long>("customer_value.problems", "{answer}", "Answers of 400 and above, by kind of problem and status.");

    public void Count(Problem problem) => _problems.Add(1, new("problem", ProblemKind.Of(problem)), new("http.response.status_code", problem.Status));
}
