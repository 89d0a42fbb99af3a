namespace CustomerValue.Sources.Databases;

/// <summary>ClickHouse from 18.16 on: arrays in the place of window functions, which came later.</summary>
internal sealed class ClickHouseDialect : SqlDialect
{
    public static readonly ClickHouseDialect Instance = new();

    private static readonly string[] s_always = ["cv_gross", "cv_returned", "cv_lines"];

    public override string Name(string name) => $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";

    public override string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public override string Text(string value) => $"replaceRegexpAll(toString({value}), '^[ \\\\t]+|[ \\\\t]+$', '')";

    // Not the hash by which servers are wont to share customers out: each then has its part of every range.
    public override string Hash(string text) => $"sipHash64({text})";

    public override string InPasts(string rows, IReadOnlyList<(int Origin, int Cutoff)> pasts) =>
        $"SELECT *, cv_to FROM ({rows}) ARRAY JOIN [{string.Join(", ", pasts.Select(past => past.Origin))}] AS cv_since, [{string.Join(", ", pasts.Select(past => past.Cutoff))}] AS cv_to WHERE cv_d >= cv_since AND cv_d < cv_to";

    public override string Double(string value) => $"toFloat64({value})";

    public override string Single(string value) => $"toFloat64(toFloat32({value}))";

    public override string Day(string date) => $"(toInt32(toDate({date})) + {Epoch})";

    public override string Month(string date) => $"(toYear({date}) * 12 + toMonth({date}))";

    public override string First(string value, string day, string condition) => Where(condition, $"argMinIf(ifNull({Double(value)}, nan), {day}, {condition})");

    public override string Last(string value, string day, string condition) => Where(condition, $"argMaxIf(ifNull({Double(value)}, nan), {day}, {condition})");

    public override string TopLevel(string level, string money) =>
        $"if(countIf({level} >= 0) = 0, -1, arrayReduce('min', arrayFilter((l, m) -> l >= 0 AND ifNull(m = maxIf({money}, {level} >= 0), 0), groupArray({level}), groupArray({money}))))";

    public override string WithSpendAndGap(string days, IReadOnlyList<string> others, IReadOnlyList<string> unknown, bool nets)
    {
        string[] columns = [.. s_always, .. others];
        string Each(Func<string, string> of) => string.Concat(columns.Select(column => ", " + of(column)));
        // Arrays hold no missing values: they travel as NaN.
        string gathered = $"SELECT cv_c, cv_to, groupArray(cv_d) AS u_d{Each(column => $"groupArray({(unknown.Contains(column) ? $"ifNull({column}, nan)" : column)}) AS u_{column}")} FROM ({days}) GROUP BY cv_c, cv_to";
        string sorted = $"SELECT cv_c, cv_to, arraySort(u_d) AS s_d{Each(column => $"arraySort((x, y) -> y, u_{column}, u_d) AS s_{column}")} FROM ({gathered})";
        // Servers of 2018 do not see a column that a function of arrays only looks into; so each such one is an argument, too.
        string kept = $"cv_c, cv_to, s_d{Each(column => "s_" + column)}";
        string left = $"SELECT {kept}, arrayCumSumNonNegative(arrayMap((x, y) -> x - y, s_cv_gross, s_cv_returned)) AS s_w, arrayCumSum(arrayMap(x -> if(x > 0, 1, 0), s_cv_lines)) AS s_bought, arrayFilter((x, y) -> y > 0, s_d, s_cv_lines) AS s_days FROM ({sorted})";
        string spend = nets
            ? $"arrayMap((i, g, w) -> {Kept("arrayReduce('min', arraySlice(s_w, i))", "if(i = 1, 0., s_w[i - 1])", "g")}, arrayEnumerate(s_cv_gross), s_cv_gross, s_w)"
            : $"arrayMap((g, r) -> {WithoutResidue("(g - r)", "g")}, s_cv_gross, s_cv_returned)";
        string each = $"SELECT {kept}, {spend} AS s_spend, arrayMap((x, l, n, p) -> if(l > 0 AND n > 1, x - s_days[n - 1], -1), s_d, s_cv_lines, s_bought, arrayResize(s_days, length(s_d))) AS s_gap FROM ({left})";
        return $"SELECT cv_c, cv_to, cv_d{Each(column => unknown.Contains(column) ? $"if(isNaN(a_{column}), NULL, a_{column}) AS {column}" : $"a_{column} AS {column}")}, cv_spend, if(a_gap < 0, NULL, a_gap) AS cv_gap FROM ({each}) ARRAY JOIN s_d AS cv_d{Each(column => $"s_{column} AS a_{column}")}, s_spend AS cv_spend, s_gap AS a_gap";
    }

    private static string Where(string condition, string value) => $"if(countIf({condition}) = 0, NULL, {value})";

    private static string Kept(string least, string before, string gross) => WithoutResidue($"({least} - least({before}, {least}))", gross);
}
