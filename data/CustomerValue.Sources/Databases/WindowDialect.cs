using System.Globalization;

namespace CustomerValue.Sources.Databases;

/// <summary>Databases that know window functions: PostgreSQL, DuckDB, Spark SQL and BigQuery.</summary>
internal abstract class WindowDialect : SqlDialect
{
    public static readonly WindowDialect Postgres = new PostgresDialect(), DuckDb = new DuckDbDialect();

    public override string Double(string value) => $"CAST({value} AS DOUBLE PRECISION)";

    public override string Single(string value) => $"CAST(CAST({value} AS REAL) AS DOUBLE PRECISION)";

    public override string Month(string date) => $"(EXTRACT(YEAR FROM {date}) * 12 + EXTRACT(MONTH FROM {date}))";

    public override string InPasts(string rows, IReadOnlyList<(int Origin, int Cutoff)> pasts) => string.Create(CultureInfo.InvariantCulture,
        $"SELECT cv_each.*, cv_to FROM ({rows}) AS cv_each CROSS JOIN (VALUES {string.Join(", ", pasts)}) AS cv_pasts (cv_since, cv_to) WHERE cv_d >= cv_since AND cv_d < cv_to");

    /// <remarks>
    /// Netting: with S the running sum of purchases less returns, W = S - least(0, least S so far) is what is left of all purchases after a day, and m the least W of this and all later days; the day
    /// keeps m - least(W of the day before, m).
    /// </remarks>
    public override string WithSpendAndGap(string days, IReadOnlyList<string> others, IReadOnlyList<string> unknown, bool nets)
    {
        const string Gap = "CASE WHEN cv_lines > 0 THEN cv_d - lag(cv_d) OVER (PARTITION BY cv_c, cv_to, CASE WHEN cv_lines > 0 THEN 1 ELSE 0 END ORDER BY cv_d) END AS cv_gap";
        string carried = string.Join(", ", ["cv_c", "cv_to", "cv_d", "cv_gross", "cv_returned", "cv_lines", .. others]);
        if (!nets)
            return $"SELECT {carried}, {WithoutResidue("(cv_gross - cv_returned)", "cv_gross")} AS cv_spend, {Gap} FROM ({days}) AS cv_days";
        string sums = $"SELECT {carried}, sum(cv_gross - cv_returned) OVER cv_past AS cv_s, sum(cv_returned) OVER (PARTITION BY cv_c, cv_to) AS cv_back FROM ({days}) AS cv_days WINDOW cv_past AS (PARTITION BY cv_c, cv_to ORDER BY cv_d ROWS UNBOUNDED PRECEDING)";
        string left = $"SELECT {carried}, cv_back, cv_s - least(0, min(cv_s) OVER (PARTITION BY cv_c, cv_to ORDER BY cv_d ROWS UNBOUNDED PRECEDING)) AS cv_w FROM ({sums}) AS cv_sums";
        string least = $"SELECT {carried}, cv_back, min(cv_w) OVER (PARTITION BY cv_c, cv_to ORDER BY cv_d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS cv_m, coalesce(lag(cv_w) OVER (PARTITION BY cv_c, cv_to ORDER BY cv_d), 0) AS cv_before FROM ({left}) AS cv_left";
        return $"SELECT {carried}, CASE WHEN cv_back = 0 THEN cv_gross ELSE {WithoutResidue("(cv_m - least(cv_before, cv_m))", "cv_gross")} END AS cv_spend, {Gap} FROM ({least}) AS cv_least";
    }

    private sealed class PostgresDialect : WindowDialect
    {
        public override string Text(string value) => $"btrim(CAST({value} AS text), E' \\t')";

        public override string Hash(string text) => $"(hashtext({text}) & 2147483647)";

        public override string Ordinal(string text) => $"{text} COLLATE \"C\"";

        public override string Day(string date) => $"CASE WHEN isfinite({date}) THEN CAST({date} AS date) - DATE '1970-01-01' + {Epoch} END";

        public override string First(string value, string day, string condition) => $"(array_agg({Double(value)} ORDER BY {day}) FILTER (WHERE {condition}))[1]";

        public override string Last(string value, string day, string condition) => $"(array_agg({Double(value)} ORDER BY {day} DESC) FILTER (WHERE {condition}))[1]";

        public override string TopLevel(string level, string money) => $"(array_agg({level} ORDER BY CASE WHEN {level} < 0 THEN 1 ELSE 0 END, {money} DESC, {level}))[1]";
    }

    private sealed class DuckDbDialect : WindowDialect
    {
        public override string Hash(string text) => $"hash({text})";

        // Whole numbers of double precision are written as such.
        public override string Text(string value) => $"CASE WHEN typeof({value}) IN ('FLOAT', 'DOUBLE') THEN regexp_replace(CAST({value} AS VARCHAR), '\\.0$', '') ELSE trim(CAST({value} AS VARCHAR), ' ' || chr(9)) END";

        public override string Day(string date) => $"CASE WHEN isfinite(CAST({date} AS DATE)) THEN date_diff('day', DATE '1970-01-01', CAST({date} AS DATE)) + {Epoch} END";

        public override string First(string value, string day, string condition) => $"arg_min(coalesce({Double(value)}, CAST('nan' AS DOUBLE)), {day}) FILTER (WHERE {condition})";

        public override string Last(string value, string day, string condition) => $"arg_max(coalesce({Double(value)}, CAST('nan' AS DOUBLE)), {day}) FILTER (WHERE {condition})";

        public override string TopLevel(string level, string money) => $"first({level} ORDER BY CASE WHEN {level} < 0 THEN 1 ELSE 0 END, {money} DESC, {level})";
    }
}
