using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>The words and currencies that the threads met in one file.</summary>
internal sealed class FileWords
{
    private readonly Dictionary<(ColumnRole Role, string Word), WordCount> _words = [];
    private readonly long[] _beside = new long[Currencies.All.Length + 1];

    /// <summary>Adds what one thread met.</summary>
    public void Add(RowParser rows)
    {
        foreach ((ColumnRole role, IReadOnlyList<WordCount> words) in rows.Tallies)
            foreach (WordCount word in words)
                _words[(role, word.Word)] = _words.TryGetValue((role, word.Word), out WordCount? known)
                    ? new WordCount(word.Word, known.Lines + word.Lines, known.Cents + word.Cents, known.PositiveCounted + word.PositiveCounted)
                    : word;
        for (int i = 0; i < _beside.Length; i++)
            _beside[i] += rows.CurrenciesBeside[i];
    }

    /// <summary>Words of a column with their counts, the most frequent first.</summary>
    public IReadOnlyList<WordCount> Of(ColumnRole role) =>
        [.. _words.Where(pair => pair.Key.Role == role).Select(pair => pair.Value).OrderByDescending(word => word.Lines).ThenBy(word => word.Word, StringComparer.Ordinal)];

    /// <summary>Currencies with the lines they stand in: from their column where there is one, and otherwise from the signs beside amounts.</summary>
    public IReadOnlyDictionary<string, long> CurrencyLines()
    {
        Dictionary<string, long> lines = new(StringComparer.Ordinal);
        foreach (WordCount word in Of(ColumnRole.Currency).Where(word => word.Word.Length > 0))
            lines[Currencies.Code(word.Word)] = lines.GetValueOrDefault(Currencies.Code(word.Word)) + word.Lines;
        if (lines.Count == 0)
            for (int i = 0; i < Currencies.All.Length; i++)
                if (_beside[i] > 0)
                    lines[Currencies.All[i]] = _beside[i];
        return lines;
    }
}
