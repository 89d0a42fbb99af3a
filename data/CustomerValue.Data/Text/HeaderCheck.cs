using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Text;

/// <summary>What every header must keep to.</summary>
public static class HeaderCheck
{
    /// <summary>Refuses a header with a column that has no name.</summary>
    /// <param name="path">The file's name in the error.</param>
    /// <param name="names">Trimmed names.</param>
    /// <exception cref="BadDataException">A name is empty.</exception>
    public static void EveryColumnNamed(string path, string[] names)
    {
        int nameless = Array.IndexOf(names, "");
        if (nameless >= 0)
            throw new BadDataException($"{path} line 1: found no name above column {nameless + 1}, expected a header for every column; name it.");
    }

    /// <summary>Refuses names that stand twice.</summary>
    /// <param name="path">The file's name in the error.</param>
    /// <param name="names">The names that must differ.</param>
    /// <param name="plain">What of a name counts; the whole name where left out.</param>
    /// <exception cref="BadDataException">A name stands twice.</exception>
    public static void EveryNameOnce(string path, IEnumerable<string> names, Func<string, string>? plain = null)
    {
        string? twice = names.GroupBy(plain ?? (name => name), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.First();
        if (twice is not null)
            throw new BadDataException($"{path} line 1: found the column '{twice}' twice, expected different names; rename one of them.");
    }
}
