namespace CustomerValue.Data.Expressions;

/// <summary>Finds the name somebody probably meant.</summary>
public static class NearestName
{
    private const int MostListed = 12;

    /// <summary><c>did you mean 'x'?</c> where a known name is near, else the known names.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">What could have been.</param>
    /// <param name="what">What the names are, in the plural, for example <c>columns</c>.</param>
    public static string Hint(string written, IReadOnlyCollection<string> known, string what) =>
        Find(written, known) is { } nearest ? $"did you mean '{nearest}'?"
        : known.Count == 0 ? $"there are no {what}"
        : $"the {what} are {string.Join(", ", known.Take(MostListed))}{(known.Count > MostListed ? $" and {known.Count - MostListed} more" : "")}";

    /// <summary>The nearest known name within two slips (or a third of the letters), or null.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        string? best = null;
        int least = Math.Max(2, written.Length / 3) + 1;
        foreach (string name in known)
        {
            if (Math.Abs(name.Length - written.Length) >= least)
                continue;
            int distance = Distance(Plain(written), Plain(name));
            if (distance < least && distance < Math.Max(written.Length, name.Length))
                (best, least) = (name, distance);
        }
        return best;
    }

    private static string Plain(string name) => name.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        int[] earlier = new int[b.Length + 1], last = new int[b.Length + 1], next = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                next[j] = Math.Min(Math.Min(last[j] + 1, next[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    next[j] = Math.Min(next[j], earlier[j - 2] + 1);
            }
            (earlier, last, next) = (last, next, earlier);
        }
        return last[b.Length];
    }
}
