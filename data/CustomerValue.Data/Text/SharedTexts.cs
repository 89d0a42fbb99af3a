namespace CustomerValue.Data.Text;

/// <summary>Holds each of a few texts that stand in many rows once.</summary>
public sealed class SharedTexts
{
    private const int Most = 10_000;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The first text that was equal to this one, or this one itself.</summary>
    public string Share(string text)
    {
        if (_known.TryGetValue(text, out string? known))
            return known;
        if (_known.Count < Most)
            _known.Add(text, text);
        return text;
    }
}
