using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Quadrants;

/// <summary>Reads which gentle steps were taken with customers who cost more than they bring.</summary>
internal static class GentleStepReader
{
    /// <summary>Reads a delimited file: <c>customer_id, date, step</c>, a step being <c>reprice</c> or <c>self-service</c>.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="until">First day that is not known yet; null takes all.</param>
    /// <returns>All steps taken by customer.</returns>
    /// <exception cref="BadDataException">A column is absent, a line has no name or date, or a step is unknown.</exception>
    public static IReadOnlyDictionary<string, GentleSteps> Read(string path, DateOnly? until = null)
    {
        using InputRows rows = new(path);
        int id = rows.Require("customer_id", "customer"), day = rows.Require("date", "day"), step = rows.Require("step");
        Dictionary<string, GentleSteps> taken = new(StringComparer.Ordinal);
        while (rows.Next())
        {
            GentleSteps here = rows.Text(step).ToLowerInvariant() switch
            {
                "reprice" or "repriced" => GentleSteps.Repriced,
                "self-service" or "self_service" => GentleSteps.SelfService,
                _ => throw rows.Bad(step, "reprice or self-service", "correct it or remove the line"),
            };
            string customer = rows.Name(id);
            if (rows.Day(day) < (until ?? DateOnly.MaxValue))
                taken[customer] = taken.GetValueOrDefault(customer) | here;
        }
        return taken;
    }
}
