using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What the header and the sampled values of a file give cause to doubt.</summary>
internal static class ColumnDoubts
{
    private const int FewestRows = 20;
    private const double Repeats = 1.5;

    private static readonly string[] s_idWords = ["id", "email", "mail", "customer", "client", "user", "member", "kunde", "account", "cliente", "klant"];

    /// <summary>A file without a column of money counts visits, unless one of its columns looks like money.</summary>
    /// <exception cref="BadDataException">There is such a column.</exception>
    public static void NeedAmount(string path, ColumnPlan plan, SampleRows rows, ReaderOptions options)
    {
        if (plan[ColumnRole.Amount] >= 0 || options.Mapping.Columns.ContainsKey(ColumnRole.Amount))
            return;
        HashSet<int> used = [.. Enum.GetValues<ColumnRole>().Select(role => plan[role])];
        string[] money = [.. Enumerable.Range(0, plan.Names.Length).Where(column => !used.Contains(column) && LooksLikeMoney(rows.Values(column))).Select(column => plan.Names[column])];
        if (money.Length > 0)
            throw new BadDataException(
                $"{path}: found no column for amount among {string.Join(", ", plan.Names)}, expected a usual name such as {HeaderNames.Of(ColumnRole.Amount)[0]}; {(money.Length == 1 ? $"'{money[0]}' looks like money" : $"{string.Join(" and ", money.Select(name => $"'{name}'"))} look like money")}: say --map amount={money[0]}, or --map amount=- to count purchases only.");
    }

    /// <summary>Decimal commas between commas without quotes make one field more.</summary>
    /// <exception cref="BadDataException">That is so.</exception>
    public static void NeedDelimiter(string path, ColumnPlan plan, FileLayout layout, SampleRows rows)
    {
        if (layout.Delimiter != ',' || rows.OtherCounts.Values.Sum() <= rows.Count || !rows.OtherCounts.Keys.All(fields => fields > plan.Names.Length))
            return;
        throw new BadDataException(
            $"{path}: found {rows.OtherCounts.OrderByDescending(pair => pair.Value).First().Key} fields in most lines and {plan.Names.Length} in the header, expected as many; a decimal comma between commas cannot be told from a delimiter. Export with semicolons, with decimal points, or with quotes around amounts.");
    }

    public static void Tell(FileLayout layout, SampleRows rows, ReaderOptions options, List<Finding> findings)
    {
        string path = layout.Source.Name;
        if (layout.Sample.Encoding != "utf-8")
            findings.Add(new Finding("encoding", Severity.Information, $"{path} is read as {layout.Sample.Encoding}{(options.Encoding is null ? ", recognised from its bytes" : "")}.", "Nothing, if names look right; otherwise say --encoding."));
        if (layout.Shape.TitleLines > 0)
            findings.Add(new Finding("lines-above-header", Severity.Information, $"{path}: {layout.Shape.TitleLines:N0} lines above the header are passed over.", "Nothing, if the columns are the right ones."));
        if (layout.Export is { } export)
            findings.Add(new Finding("known-export", Severity.Information,
                $"{path} is read as {export.Name}, one {export.Row} a row: {string.Join(", ", layout.Plan.Expressions.OrderBy(pair => pair.Key).Select(pair => $"{ColumnMapping.NameOf(pair.Key)} {pair.Value}"))}{Choices(export)}.",
                "Nothing, if that is right; --map, --keep and --drop say otherwise."));
        if (layout.Source is JsonSource { Columns.Items: { } items })
            findings.Add(new Finding("json-items", Severity.Information, $"{path}: a row is an item of '{items}', which alone have prices; what its object says stands on each of its rows.", "Nothing, if prices are those of items; otherwise export the order's own amount."));
        if (layout.Plan[ColumnRole.Amount] < 0)
            findings.Add(new Finding("no-amounts", Severity.Warning, $"{path} has no amounts: visits are counted, and everything about money and value is off.", "Nothing, if there is no money; otherwise say --map amount=NAME."));
        TellOtherId(layout, rows, findings);
        TellRate(layout, rows, findings);
    }

    private static string Choices(KnownExport export)
    {
        StringBuilder text = new();
        foreach ((string column, string[] words) in export.Keep ?? new Dictionary<string, string[]>())
            text.Append($"; only {column} {string.Join(", ", words)} count");
        foreach ((string column, string[] words) in export.Drop ?? new Dictionary<string, string[]>())
            text.Append($"; {column} {string.Join(", ", words)} do not count");
        return text.ToString();
    }

    /// <summary>An id-like column whose values repeat where those of the mapped one never do.</summary>
    private static void TellOtherId(FileLayout layout, SampleRows rows, List<Finding> findings)
    {
        ColumnPlan plan = layout.Plan;
        int customer = plan[ColumnRole.Customer];
        IReadOnlyList<string> mapped = [.. rows.Rows.Select(row => row[customer].Trim()).Where(value => value.Length > 0)];
        if (mapped.Count < FewestRows || mapped.Distinct(StringComparer.Ordinal).Count() < mapped.Count)
            return;
        HashSet<int> used = [.. Enum.GetValues<ColumnRole>().Where(role => role != ColumnRole.Customer).Select(role => plan[role])];
        for (int column = 0; column < plan.Names.Length; column++)
        {
            string name = HeaderNames.Plain(plan.Names[column]);
            if (column == customer || used.Contains(column) || !Array.Exists(s_idWords, word => name.Contains(word, StringComparison.Ordinal)))
                continue;
            string[] values = [.. rows.Rows.Select(row => row[column].Trim()).Where(value => value.Length > 0)];
            int distinct = values.Distinct(StringComparer.Ordinal).Count();
            if (values.Length >= FewestRows && distinct > 1 && values.Length > Repeats * distinct)
                findings.Add(new Finding("other-id-repeats", Severity.Error,
                    $"{layout.Source.Name}: '{plan.Names[customer]}' never repeats in {mapped.Count:N0} sampled lines, while '{plan.Names[column]}' has {distinct:N0} values in {values.Length:N0}: it may be the customer.",
                    $"Say --map customer={plan.Names[column]} if it is."));
        }
    }

    /// <summary>A discount that is a rate.</summary>
    private static void TellRate(FileLayout layout, SampleRows rows, List<Finding> findings)
    {
        int discount = layout.Plan[ColumnRole.Discount], amount = layout.Plan[ColumnRole.Amount];
        if (discount < 0 || amount < 0)
            return;
        double[] Numbers(int column) => [.. rows.Values(column).Select(value => WrittenNumber.TryParse(value, layout.Separator, out double number, out _) ? number : double.NaN).Where(double.IsFinite)];
        double[] discounts = Numbers(discount), amounts = Numbers(amount);
        string header = layout.Plan.Names[discount].ToLowerInvariant();
        bool named = header.Contains('%', StringComparison.Ordinal) || header.Contains("rate", StringComparison.Ordinal) || header.Contains("percent", StringComparison.Ordinal) || header.Contains("pct", StringComparison.Ordinal);
        double[] given = [.. discounts.Where(value => value != 0)];
        if (given.Length == 0 || amounts.Length == 0)
            return;
        bool shares = discounts.Length >= FewestRows && given.All(value => value is > 0 and <= 1) && given.Distinct().Count() <= Math.Max(20, given.Length / 10) && amounts.Select(Math.Abs).Order().ElementAt(amounts.Length / 2) >= 5;
        if (named || shares)
            findings.Add(new Finding("discount-rate", Severity.Warning,
                $"{layout.Source.Name}: '{layout.Plan.Names[discount]}' looks like a rate (values {string.Join(", ", given.Distinct().Order().Take(4).Select(value => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)))}) and is read as money.",
                "Say --map discount=- to leave it out, or give the money of the discount."));
    }

    private static bool LooksLikeMoney(IReadOnlyList<byte[]> values)
    {
        int numbers = 0, money = 0;
        foreach (byte[] value in values)
            if (WrittenNumber.TryParse(value, (byte)'.', out double number, out int currency) || WrittenNumber.TryParse(value, (byte)',', out number, out currency))
            {
                numbers++;
                money += currency >= 0 || number != Math.Floor(number) ? 1 : 0;
            }
        return values.Count > 0 && numbers > 0.9 * values.Count && money > 0.2 * values.Count;
    }
}
