namespace CustomerValue.Sources.Databases;

/// <summary>Spark SQL from 3.1 on; the text is for whoever runs it there.</summary>
internal sealed class SparkDialect : WindowDialect
{
    public static readonly SparkDialect Instance = new();

    public override string Name(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public override string Text(string value) => $"trim(BOTH ' \\t' FROM CAST({value} AS STRING))";

    public override string Hash(string text) => $"(hash({text}) & 2147483647)";

    public override string Double(string value) => $"CAST({value} AS DOUBLE)";

    public override string Single(string value) => $"CAST(CAST({value} AS FLOAT) AS DOUBLE)";

    public override string Day(string date) => $"(datediff(CAST({date} AS DATE), DATE '1970-01-01') + {Epoch})";

    public override string First(string value, string day, string condition) => $"min_by(coalesce({Double(value)}, CAST('NaN' AS DOUBLE)), {day}) FILTER (WHERE {condition})";

    public override string Last(string value, string day, string condition) => $"max_by(coalesce({Double(value)}, CAST('NaN' AS DOUBLE)), {day}) FILTER (WHERE {condition})";

    public override string TopLevel(string level, string money) => $"max_by({level}, struct(CASE WHEN {level} < 0 THEN 0 ELSE 1 END, {money}, -{level}))";
}
