using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What the words of status, type and currency columns give cause to doubt.</summary>
internal static class WordDoubts
{
    private const int WordsShown = 8;
    private const double Cents = 100;

    private static readonly string[] s_unpaid =
    [
        "cancel", "void", "fail", "declin", "expire", "abandon", "reject", "unpaid", "pending", "draft", "test", "chargeback", "fraud", "trash", "on hold", "on-hold",
        "storniert", "abgebrochen", "fehlgeschlagen", "abgelehnt", "offen", "annul", "échou", "refus", "anulad", "rechazad", "recusad", "pendente", "pendiente", "geannuleerd", "mislukt", "fallit",
        "取消", "失败", "未付", "待付款", "关闭", "キャンセル", "失敗", "未払", "保留",
    ];

    private static readonly string[] s_refunded =
    [
        "refund", "return", "credit", "reversal", "chargeback", "erstatt", "gutschrift", "retoure", "rembours", "avoir", "reembols", "devol", "abono", "estorno", "terugbet", "creditnota", "rimbors", "reso",
        "退款", "退货", "返金", "返品",
    ];

    /// <exception cref="BadDataException">There are several currencies and none is chosen.</exception>
    public static void Tell(IReadOnlyList<(FileLayout Layout, FileWords Words)> files, ReaderOptions options, List<Finding> findings)
    {
        Dictionary<string, long> currencies = new(StringComparer.Ordinal);
        foreach ((FileLayout layout, FileWords words) in files)
        {
            foreach ((string code, long lines) in words.CurrencyLines())
                currencies[code] = currencies.GetValueOrDefault(code) + lines;
            foreach (ColumnRole role in (ReadOnlySpan<ColumnRole>)[ColumnRole.Status, ColumnRole.Type])
                TellWords(layout, words.Of(role), role, findings);
        }
        TellCurrencies(currencies, files, options, findings);
    }

    private static void TellWords(FileLayout layout, IReadOnlyList<WordCount> words, ColumnRole role, List<Finding> findings)
    {
        string name = ColumnMapping.NameOf(role);
        bool Means(WordCount word, string[] stems) => Array.Exists(stems, stem => word.Word.Contains(stem, StringComparison.OrdinalIgnoreCase));
        WordCount[] unpaid = [.. words.Where(word => word.PositiveCounted > 0 && Means(word, s_unpaid) && !Means(word, s_refunded))];
        WordCount[] refunds = [.. words.Where(word => word.PositiveCounted > 0 && Means(word, s_refunded) && !Flips(layout, word))];
        string others = string.Join(",", words.Except(unpaid).Except(refunds).Select(word => word.Word).Where(word => word.Length > 0).Take(WordsShown));
        if (unpaid.Length > 0)
            findings.Add(new Finding("unpaid-words", Severity.Warning,
                $"{layout.Source.Name}, column '{layout.Plan.Names[layout.Plan[role]]}': {Listed(unpaid)} may mean that nothing was paid; these lines count as purchases.",
                $"Leave them out with --drop \"{name}={string.Join(",", unpaid.Select(word => word.Word))}\"{(others.Length > 0 ? $" or --keep \"{name}={others}\"" : "")}."));
        if (refunds.Length > 0)
            findings.Add(new Finding("positive-refunds", Severity.Warning,
                $"{layout.Source.Name}, column '{layout.Plan.Names[layout.Plan[role]]}': {Listed(refunds)} may mean money given back, and the amounts are positive; these lines count as purchases.",
                $"Say --refund \"{name}={string.Join(",", refunds.Select(word => word.Word))}\" to take them off, or leave them out with --drop."));
    }

    private static bool Flips(FileLayout layout, WordCount word) => layout.Choice.Refund.Any(rule => rule.Words.Contains(word.Word));

    private static string Listed(IReadOnlyList<WordCount> words) => string.Join(", ", words.Take(WordsShown).Select(word =>
        string.Create(CultureInfo.InvariantCulture, $"'{word.Word}' ({word.Lines:N0} {Lines(word.Lines)}, {word.Cents / Cents:N2})")));

    private static void TellCurrencies(Dictionary<string, long> currencies, IReadOnlyList<(FileLayout Layout, FileWords Words)> files, ReaderOptions options, List<Finding> findings)
    {
        if (currencies.Count < 2)
            return;
        string listed = string.Join(", ", currencies.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value:N0} {Lines(pair.Value)}"));
        string names = string.Join(", ", files.Select(file => file.Layout.Source.Name));
        string most = currencies.MaxBy(pair => pair.Value).Key;
        if (options.Currency is null)
            throw new BadDataException($"{names}: found {currencies.Count} currencies ({listed}), expected one, since money of several cannot be added; choose one with --currency {most}, or convert all with --rates-of-exchange FILE --currency {most}.");
        string currency = Currencies.Code(options.Currency);
        if (options.RatesOfExchange is null)
            return;
        string[] unknown = [.. currencies.Keys.Where(code => files[0].Layout.Choice.Rates?.ContainsKey(code) != true)];
        findings.Add(new Finding("currencies-converted", unknown.Length > 0 ? Severity.Warning : Severity.Information,
            $"{listed} are converted to {currency} by {Path.GetFileName(options.RatesOfExchange)}{(unknown.Length > 0 ? $"; lines in {string.Join(", ", unknown)}, which have no rate, are left out" : "")}.",
            unknown.Length > 0 ? "Add their rates." : "Nothing; one rate holds for all days."));
    }

    private static string Lines(long count) => count == 1 ? "line" : "lines";
}
