namespace CustomerValue.Sources.Databases;

/// <summary>ClickHouse from 18.16 on, which knows neither window functions nor common table expressions.</summary>
internal sealed class ClickHouseDialect : SqlDialect
{
    public static readonly ClickHouseDialect Instance = new();

    public override string Name(string name) => $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
}
