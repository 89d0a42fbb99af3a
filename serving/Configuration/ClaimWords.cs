using System.Security.Claims;

namespace CustomerValue.Serving.Configuration;

/// <summary>What the words of a claim of somebody else's tokens open here.</summary>
internal static class ClaimWords
{
    /// <summary>Reads what each word opens.</summary>
    /// <param name="text"><c>word=what</c>, parted by semicolons; empty where words are what they open.</param>
    /// <param name="kind">What can be opened, in a word: a scope, a role.</param>
    /// <param name="all">All of the kind.</param>
    /// <exception cref="FormatException">A part is none, or names none of the kind.</exception>
    public static IReadOnlyDictionary<string, string> Read(string? text, string kind, IReadOnlyList<string> all)
    {
        if (string.IsNullOrWhiteSpace(text))
            return all.ToDictionary(word => word, StringComparer.Ordinal);
        Dictionary<string, string> opens = new(StringComparer.Ordinal);
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (part.LastIndexOf('=') is not (> 0 and int at) || !all.Contains(part[(at + 1)..]) || !opens.TryAdd(part[..at], part[(at + 1)..]))
                throw new FormatException($"found '{part}', expected WORD={kind.ToUpperInvariant()} once a word, with a {kind} of {string.Join(", ", all)}.");
        return opens;
    }

    /// <summary>What a token opens, each once: its claim is one word, several parted by blanks, or a list.</summary>
    /// <param name="token">The token.</param>
    /// <param name="claim">Name of the claim.</param>
    /// <param name="opens">What each word opens; others open nothing.</param>
    public static string[] Opened(ClaimsPrincipal token, string claim, IReadOnlyDictionary<string, string> opens) =>
        [.. token.FindAll(claim).SelectMany(found => found.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(found.Value)).Where(opens.ContainsKey).Select(word => opens[word]).Distinct()];
}
