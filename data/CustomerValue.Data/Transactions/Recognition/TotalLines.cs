namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Words that begin the total lines of reports.</summary>
internal static class TotalLines
{
    private static readonly string[] s_words =
    [
        "total", "totals", "grandtotal", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "zwischensumme", "totaal", "totale", "totaux", "suma", "soma", "somme", "合计", "总计", "小计", "合計", "総計",
    ];

    /// <summary>Whether a field says that its line is a total.</summary>
    public static bool IsTotal(string field)
    {
        string plain = HeaderNames.Plain(field);
        return plain.Length is > 1 and < 24 && Array.Exists(s_words, word => plain == word || plain == word + "general");
    }
}
