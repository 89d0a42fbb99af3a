using System.Collections.Immutable;
using System.Globalization;

namespace CustomerValue.Data.Transactions;

/// <summary>Which column stands for which role. A role that is not mapped is recognised by usual header names.</summary>
/// <remarks>
/// A column expression is a header name (case matters only where two names differ by case alone), a position <c>#3</c> (from 1), a product
/// <c>Quantity*UnitPrice</c> (amounts only; a column whose name is the whole text wins), or <c>-</c>: the role is not read although a usual name exists.
/// </remarks>
public sealed record ColumnMapping
{
    private static readonly (string Name, ColumnRole Role)[] s_roles = [.. Enum.GetValues<ColumnRole>().Select(role => (NameOf(role), role))];

    private readonly ImmutableSortedDictionary<ColumnRole, string> _columns;

    private ColumnMapping(ImmutableSortedDictionary<ColumnRole, string> columns) => _columns = columns;

    /// <summary>Nothing mapped: every role by its usual header names.</summary>
    public static ColumnMapping Usual { get; } = new(ImmutableSortedDictionary<ColumnRole, string>.Empty);

    /// <summary>The column expressions given, by role.</summary>
    public IReadOnlyDictionary<ColumnRole, string> Columns => _columns;

    /// <summary>Reads texts such as <c>amount=Quantity*UnitPrice</c> or <c>customer=#2</c>.</summary>
    /// <exception cref="FormatException">A text has no <c>=</c>, names an unknown role, maps a role twice or gives no column.</exception>
    public static ColumnMapping Parse(IEnumerable<string> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ColumnMapping mapping = Usual;
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                throw new FormatException($"Mapping '{pair}': expected role=column, for example date=InvoiceDate.");
            string name = pair[..equals].Trim();
            ColumnRole role = Array.Find(s_roles, known => Plain(known.Name) == Plain(name)) is { Name: not null } found
                ? found.Role
                : throw new FormatException($"Mapping '{pair}': found role '{name}', expected one of {string.Join(", ", s_roles.Select(known => known.Name))}.");
            if (mapping._columns.ContainsKey(role))
                throw new FormatException($"Mapping '{pair}': {NameOf(role)} is mapped twice; keep one.");
            mapping = mapping.With(role, pair[(equals + 1)..]);
        }
        return mapping;
    }

    /// <summary>The same mapping with one role added or replaced.</summary>
    /// <exception cref="FormatException">The column expression is empty or a position below 1.</exception>
    public ColumnMapping With(ColumnRole role, string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        string text = column.Trim();
        if (text.Length == 0)
            throw new FormatException($"Mapping of {NameOf(role)}: the column is missing; give a header name, a position such as #3, or - to leave the role out.");
        if (text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.Integer, CultureInfo.InvariantCulture, out int position) && position < 1)
            throw new FormatException($"Mapping of {NameOf(role)}: found {text}, expected a position from #1.");
        return new ColumnMapping(_columns.SetItem(role, text));
    }

    /// <summary>The role as it is written in a mapping: lower case with underscores.</summary>
    public static string NameOf(ColumnRole role) => role == ColumnRole.UnitCost ? "unit_cost" : role.ToString().ToLowerInvariant();

    /// <summary>Equal when the same roles map to the same expressions.</summary>
    public bool Equals(ColumnMapping? other) => other is not null && _columns.SequenceEqual(other._columns);

    /// <summary>Agrees with <see cref="Equals(ColumnMapping?)"/>.</summary>
    public override int GetHashCode()
    {
        HashCode hash = new();
        foreach ((ColumnRole role, string column) in _columns)
            hash.Add(HashCode.Combine(role, column));
        return hash.ToHashCode();
    }

    /// <summary>The mapping as it would be typed.</summary>
    public override string ToString() => string.Join(' ', _columns.Select(pair => $"{NameOf(pair.Key)}={pair.Value}"));

    private static string Plain(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
}
