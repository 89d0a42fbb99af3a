namespace CustomerValue.Data.Transactions;

/// <summary>Numbers distinct names from 0 in order of first appearance, without making a text of one that is known.</summary>
public sealed class NameCodes
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _known;

    /// <summary>No names yet.</summary>
    public NameCodes() => _known = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Number of distinct names.</summary>
    public int Count => _codes.Count;

    /// <summary>The code of a name, new or known.</summary>
    public int Add(ReadOnlySpan<char> name)
    {
        if (!_known.TryGetValue(name, out int code))
            _known[name] = code = _codes.Count;
        return code;
    }

    /// <summary>Forgets all names.</summary>
    internal void Clear() => _codes.Clear();

    internal NameTable ToTable() => _codes.Count == 0 ? NameTable.Empty : new NameTable([.. _codes.Keys]);
}
