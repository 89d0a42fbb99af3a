using System.Text;
using System.Text.Json;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Header names that say by themselves what a column holds, the surest first; compared by letters and digits alone, without accents and units in brackets.</summary>
/// <remarks>The names of nine languages stand in <c>header-names.json</c>, English first.</remarks>
internal static class HeaderNames
{
    /// <summary>The name of the list of prices of one piece: an amount together with a quantity, an amount by itself without one.</summary>
    private const string UnitPriceList = "unit_price";

    private static readonly Dictionary<string, string[]> s_lists = Load();

    /// <summary>Price of one piece.</summary>
    public static readonly string[] UnitPrice = s_lists[UnitPriceList];

    /// <summary>Usual names of a role, the surest first.</summary>
    public static string[] Of(ColumnRole role) => s_lists[ColumnMapping.NameOf(role)];

    /// <summary>A header name without case, accents, blanks, punctuation and what stands in brackets.</summary>
    public static string Plain(string name)
    {
        StringBuilder plain = new(name.Length);
        int depth = 0;
        foreach (char letter in name)
        {
            depth += letter is '(' or '[' or '（' or '【' ? 1 : 0;
            if (depth == 0 && char.IsLetterOrDigit(letter))
                plain.Append(Accents.Fold(char.ToLowerInvariant(letter)));
            depth -= letter is ')' or ']' or '）' or '】' && depth > 0 ? 1 : 0;
        }
        return plain.Length > 0 ? plain.ToString() : string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }

    private static Dictionary<string, string[]> Load()
    {
        using Stream stream = typeof(HeaderNames).Assembly.GetManifestResourceStream("header-names.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(
            role => role.Name,
            role => role.Value.EnumerateObject().SelectMany(language => language.Value.EnumerateArray().Select(name => Plain(name.GetString()!))).Distinct(StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
    }
}
