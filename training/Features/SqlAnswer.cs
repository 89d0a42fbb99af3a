using System.Globalization;
using System.Text;
using CustomerValue.Sources;

namespace CustomerValue.Training.Features;

/// <summary>What <c>features --sql</c> gives.</summary>
/// <param name="Language">The database's language.</param>
/// <param name="Table">The table.</param>
/// <param name="Queries">The queries, cutoff by cutoff.</param>
internal sealed record SqlAnswer(string Language, string Table, IReadOnlyList<SourceQuery> Queries)
{
    /// <summary>The queries with what they are, as a file of SQL.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"-- {Language}: what customer-value computes of {OneLine(Table)}, a row a customer in each query. Days are counted from 0001-01-01.\n");
        foreach (SourceQuery query in Queries)
            text.Append(CultureInfo.InvariantCulture, $"\n-- {query.Name}, cutoff {query.Cutoff:yyyy-MM-dd}\n{query.Sql};\n");
        return text.ToString();
    }

    private static string OneLine(string name) => string.Concat(name.Where(letter => !char.IsControl(letter)));
}
