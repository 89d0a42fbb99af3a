namespace CustomerValue.Data.Transactions;

/// <summary>Distinct names numbered densely from 0 in order of first appearance: the dictionary behind a coded column.</summary>
public sealed class NameTable
{
    /// <summary>A table without names.</summary>
    public static NameTable Empty { get; } = new([]);

    private readonly string[] _names;
    private readonly Lazy<Dictionary<string, int>> _codes;

    /// <summary>Takes distinct names; the position is the code.</summary>
    public NameTable(string[] names)
    {
        _names = names;
        _codes = new(() =>
        {
            Dictionary<string, int> codes = new(_names.Length, StringComparer.Ordinal);
            for (int code = 0; code < _names.Length; code++)
                codes.Add(_names[code], code);
            return codes;
        });
    }

    /// <summary>Number of names.</summary>
    public int Count => _names.Length;

    /// <summary>The name behind a code.</summary>
    public string this[int code] => _names[code];

    /// <summary>The code of a name, or -1.</summary>
    public int Find(string name) => _codes.Value.GetValueOrDefault(name, -1);

    /// <summary>All names in code order.</summary>
    public IReadOnlyList<string> Names => _names;
}
