using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Customers;

namespace CustomerValue.Training.Campaigns;

/// <summary>Segments made of scored columns: texts as they are, numbers in thirds.</summary>
internal static class MatrixSegments
{
    private static readonly string[] s_thirds = ["low", "middle", "high"];

    /// <summary>Segments of some customers, in the order of their names.</summary>
    public static IReadOnlyList<MatrixSegment> Of(DecisionCustomers customers, int[] rows, IReadOnlyList<string> by)
    {
        string[][] parts = [.. by.Select(column => Parts(customers, rows, column))];
        return [.. Enumerable.Range(0, rows.Length).GroupBy(k => string.Join('_', parts.Select(part => part[k])), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new MatrixSegment(group.Key, [.. group.Select(k => rows[k])]))];
    }

    private static string[] Parts(DecisionCustomers customers, int[] rows, string column)
    {
        switch (column)
        {
            case "strategy": return [.. rows.Select(i => customers.Strategy[i])];
            case "stage": return [.. rows.Select(i => customers.Stage[i])];
        }
        double[] values = column switch
        {
            "churn_probability" => customers.ChurnProbability,
            "expected_margin" => customers.ExpectedMargin,
            "year_cost_to_serve" => customers.YearCost,
            "potential_value" => customers.Potential,
            _ => customers.Number(column),
        };
        string[] parts = new string[rows.Length];
        int[] order = [.. Enumerable.Range(0, rows.Length).Where(k => !double.IsNaN(values[rows[k]])).OrderBy(k => values[rows[k]])];
        Array.Fill(parts, "unknown");
        for (int rank = 0; rank < order.Length; rank++)
            // Equal values share a third, so that the order of ids decides nothing.
            parts[order[rank]] = rank > 0 && values[rows[order[rank]]] == values[rows[order[rank - 1]]] ? parts[order[rank - 1]] : s_thirds[(int)((long)rank * s_thirds.Length / order.Length)];
        return parts;
    }
}
