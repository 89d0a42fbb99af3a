using System.Globalization;

namespace CustomerValue.Sources.Databases;

/// <summary>BigQuery (GoogleSQL); the text is for whoever runs it there.</summary>
internal sealed class BigQueryDialect : WindowDialect
{
    public static readonly BigQueryDialect Instance = new();

    public override string Name(string name) => $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";

    public override string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}'";

    public override string Text(string value) => $"trim(CAST({value} AS STRING), ' \\t')";

    public override string Hash(string text) => $"(farm_fingerprint({text}) & 9223372036854775807)";

    public override string InPasts(string rows, IReadOnlyList<(int Origin, int Cutoff)> pasts) => string.Create(CultureInfo.InvariantCulture,
        $"SELECT cv_each.*, cv_to FROM ({rows}) AS cv_each CROSS JOIN UNNEST([{string.Join(", ", pasts.Select(past => $"STRUCT({past.Origin} AS cv_since, {past.Cutoff} AS cv_to)"))}]) WHERE cv_d >= cv_since AND cv_d < cv_to");

    public override string Double(string value) => $"CAST({value} AS FLOAT64)";

    /// <remarks>There is no single precision: Veltkamp's product with 2^29 + 1 leaves the 24 leading bits of a double (Dekker 1971), which is the nearest single.</remarks>
    public override string Single(string value) => $"({Double(value)} * 536870913 - ({Double(value)} * 536870913 - {Double(value)}))";

    public override string Day(string date) => $"(unix_date(CAST({date} AS DATE)) + {Epoch})";

    public override string Modulo(string value, int by) => FormattableString.Invariant($"mod({value}, {by})");

    public override string First(string value, string day, string condition) => Picked(value, condition, day);

    public override string Last(string value, string day, string condition) => Picked(value, condition, $"{day} DESC");

    public override string TopLevel(string level, string money) => $"array_agg({level} ORDER BY CASE WHEN {level} < 0 THEN 1 ELSE 0 END, {money} DESC, {level} LIMIT 1)[OFFSET(0)]";

    private string Picked(string value, string condition, string order) => $"array_agg(CASE WHEN {condition} THEN coalesce({Double(value)}, CAST('NaN' AS FLOAT64)) END IGNORE NULLS ORDER BY {order} LIMIT 1)[SAFE_OFFSET(0)]";
}
