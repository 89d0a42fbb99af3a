using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Words in one column that decide about a line.</summary>
/// <param name="Column">Position of the column.</param>
/// <param name="Words">The words, compared without case.</param>
internal sealed record WordRule(int Column, HashSet<string> Words);

/// <summary>Which lines of one file count and with what sign and currency: by options, and by what is known of the export.</summary>
internal sealed class LineChoice
{
    /// <summary>Columns whose words are told with counts and money.</summary>
    private static readonly ColumnRole[] s_told = [ColumnRole.Status, ColumnRole.Type, ColumnRole.Currency];

    /// <summary>Lines with another word are left out.</summary>
    public required IReadOnlyList<WordRule> Keep { get; init; }

    /// <summary>Lines with one of the words are left out.</summary>
    public required IReadOnlyList<WordRule> Drop { get; init; }

    /// <summary>The amount of lines with one of the words is money given back.</summary>
    public required IReadOnlyList<WordRule> Refund { get; init; }

    /// <summary>Columns whose words are counted, by role.</summary>
    public required IReadOnlyList<(ColumnRole Role, int Column)> Tallied { get; init; }

    /// <summary>Position of the column of currencies, or -1.</summary>
    public required int CurrencyColumn { get; init; }

    /// <summary>The one currency that counts, or null.</summary>
    public string? Currency { get; init; }

    /// <summary>What one unit of a currency is worth in the log's, by code; null where nothing is converted.</summary>
    public IReadOnlyDictionary<string, double>? Rates { get; init; }

    /// <summary>The condition that lines must meet, or null.</summary>
    public Expression? Where { get; init; }

    /// <summary>Whether nothing is chosen or counted.</summary>
    public bool IsIdle => Keep.Count == 0 && Drop.Count == 0 && Refund.Count == 0 && Tallied.Count == 0 && CurrencyColumn < 0 && Where is null;

    /// <exception cref="BadDataException">A rule names a column that the file lacks, or the condition cannot be understood.</exception>
    public static LineChoice Of(string path, ColumnPlan plan, ReaderOptions options, KnownExport? export, IReadOnlyDictionary<string, double>? rates, IReadOnlyList<ExpressionColumn> columns)
    {
        List<WordRule> Rules(IReadOnlyList<string> asked, IReadOnlyDictionary<string, string[]>? known, string option)
        {
            List<WordRule> rules = [];
            foreach (string rule in asked)
            {
                int equals = rule.IndexOf('=', StringComparison.Ordinal);
                int column = plan.FindNamed(rule[..equals].Trim());
                if (column < 0)
                    column = plan.Need(rule[..equals].Trim(), option);
                rules.Add(new WordRule(column, Words(rule[(equals + 1)..].Split(','))));
            }
            foreach ((string name, string[] words) in known ?? new Dictionary<string, string[]>())
                if (plan.FindNamed(name) is var column and >= 0 && rules.TrueForAll(rule => rule.Column != column))
                    rules.Add(new WordRule(column, Words(words)));
            return rules;
        }

        List<WordRule> keep = Rules(options.Keep, export?.Keep, "--keep"), drop = Rules(options.Drop, export?.Drop, "--drop");
        // Who names the words to keep of a column settles that column.
        drop.RemoveAll(rule => options.Keep.Count > 0 && keep.Exists(kept => kept.Column == rule.Column) && !options.Drop.Any(asked => plan.FindNamed(asked.Split('=')[0].Trim()) == rule.Column));
        return new LineChoice
        {
            Keep = keep,
            Drop = drop,
            Refund = Rules(options.Refund, export?.Refund, "--refund"),
            Tallied = [.. s_told.Where(role => plan[role] >= 0).Select(role => (role, plan[role]))],
            CurrencyColumn = plan[ColumnRole.Currency],
            Currency = options.Currency is { } currency ? Currencies.Code(currency) : null,
            Rates = rates,
            Where = options.Where is { } where ? Parse(path, where, columns) : null,
        };
    }

    private static HashSet<string> Words(IEnumerable<string> words) => new(words.Select(word => word.Trim()), StringComparer.OrdinalIgnoreCase);

    private static Expression Parse(string path, string where, IReadOnlyList<ExpressionColumn> columns)
    {
        try
        {
            return Expression.ParseCondition(where, columns);
        }
        catch (ExpressionException error)
        {
            throw error.In($"{path}, --where");
        }
    }
}
