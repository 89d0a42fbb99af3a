using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Where in a line each role stands.</summary>
internal sealed class ColumnPlan
{
    private static readonly ColumnRole[] s_needed = [ColumnRole.Customer, ColumnRole.Date];

    private readonly string _path;
    private readonly int[] _columns = new int[Enum.GetValues<ColumnRole>().Length];
    private readonly Dictionary<ColumnRole, string> _expressions = [];
    private readonly IReadOnlySet<ColumnRole>? _held;

    private ColumnPlan(string path, string[] names, bool hasHeader, IReadOnlySet<ColumnRole>? held)
    {
        (_path, _held) = (path, held);
        Names = names;
        HasHeader = hasHeader;
        Array.Fill(_columns, -1);
    }

    /// <summary>Names of all columns; <c>#1</c>, <c>#2</c>, ... without a header.</summary>
    public string[] Names { get; }

    public bool HasHeader { get; }

    /// <summary>Position of the role's column from 0, or -1.</summary>
    public int this[ColumnRole role] => _columns[(int)role];

    /// <summary>Position of the role's column, or -1 where there is none or the log is not to hold it.</summary>
    public int Held(ColumnRole role) => _held is null || role is < ColumnRole.Order or > ColumnRole.Margin || _held.Contains(role == ColumnRole.UnitCost ? ColumnRole.Margin : role) ? this[role] : -1;

    /// <summary>Position of the column that the amount is multiplied by, or -1.</summary>
    public int AmountFactor { get; private set; } = -1;

    /// <summary>Position of the column that is taken off the amount, or -1.</summary>
    public int AmountLess { get; private set; } = -1;

    /// <summary>Positions of all columns that make a row, -1 for those that are absent; the same roles in the same order for every file.</summary>
    public int[] Read() =>
        [this[ColumnRole.Customer], this[ColumnRole.Date], this[ColumnRole.Amount], AmountFactor, AmountLess, this[ColumnRole.Order], this[ColumnRole.Quantity], this[ColumnRole.Product],
            this[ColumnRole.Category], this[ColumnRole.Channel], this[ColumnRole.Discount], this[ColumnRole.UnitCost], this[ColumnRole.Margin]];

    /// <summary>Whether lines without an amount go on with the order of the line above and are passed over.</summary>
    public bool BlankAmountGoesOn { get; init; }

    /// <summary>What is read for each role, as it would be written in a mapping.</summary>
    public IReadOnlyDictionary<ColumnRole, string> Expressions => _expressions;

    /// <exception cref="BadDataException">A mapped column is unknown or ambiguous, or a needed role has no column.</exception>
    public static ColumnPlan Create(string path, string[] names, bool hasHeader, ColumnMapping mapping, bool blankAmountGoesOn = false, IReadOnlySet<ColumnRole>? held = null)
    {
        ColumnPlan plan = new(path, names, hasHeader, held) { BlankAmountGoesOn = blankAmountGoesOn };
        foreach ((ColumnRole role, string expression) in mapping.Columns)
            plan.Map(role, expression);
        foreach (ColumnRole role in Enum.GetValues<ColumnRole>())
            if (!mapping.Columns.ContainsKey(role) && hasHeader && plan.FindUsual(HeaderNames.Of(role)) is var column and >= 0)
                plan.Set(role, column);
        if (!mapping.Columns.ContainsKey(ColumnRole.Amount))
            plan.RecogniseProduct();

        if (Array.FindAll(s_needed, role => plan[role] < 0) is { Length: > 0 } missing)
            throw plan.Missing(missing);
        if (plan[ColumnRole.Amount] < 0 && !mapping.Columns.ContainsKey(ColumnRole.Amount) && !hasHeader)
            throw plan.Missing([ColumnRole.Amount]);
        if (plan[ColumnRole.Margin] >= 0 && !mapping.Columns.ContainsKey(ColumnRole.UnitCost))
            plan.Leave(ColumnRole.UnitCost);
        return plan;
    }

    private void Map(ColumnRole role, string expression)
    {
        if (expression == "-")
            return;
        int column = Find(expression);
        int star = expression.IndexOf('*', StringComparison.Ordinal);
        if (column < 0 && star > 0 && role == ColumnRole.Amount)
        {
            string left = expression[..star].Trim(), right = expression[(star + 1)..].Trim();
            int first = Find(left), second = Find(right);
            if (first < 0 || second < 0)
                throw Unknown(role, first < 0 ? left : right);
            SetProduct(first, second);
            return;
        }
        int minus = expression.IndexOf('-', StringComparison.Ordinal);
        if (column < 0 && minus > 0 && role == ColumnRole.Amount && Find(expression[..minus].Trim()) is var whole and >= 0 && Find(expression[(minus + 1)..].Trim()) is var less and >= 0)
        {
            Set(role, whole);
            AmountLess = less;
            _expressions[role] = $"{Names[whole]}-{Names[less]}";
            return;
        }
        if (column < 0)
            throw Unknown(role, expression);
        Set(role, column);
    }

    /// <summary>Column of a header name or a position.</summary>
    /// <exception cref="BadDataException">There is none, or there are two.</exception>
    public int Need(string name, string purpose) => Find(name) is var column and >= 0 ? column
        : throw new BadDataException($"{_path}: found no column '{name}' for {purpose}, expected one of {Listed()}{Suggestion(name)}.");

    /// <summary>Column of a role's name or of a header name; -1 where there is none.</summary>
    public int FindNamed(string name) => Array.Find(Enum.GetValues<ColumnRole>(), role => string.Equals(ColumnMapping.NameOf(role), name, StringComparison.OrdinalIgnoreCase) && this[role] >= 0) is var found
        && string.Equals(ColumnMapping.NameOf(found), name, StringComparison.OrdinalIgnoreCase) && this[found] >= 0 ? this[found] : Find(name);

    private void RecogniseProduct()
    {
        if (this[ColumnRole.Amount] >= 0 || !HasHeader)
            return;
        int price = FindUsual(HeaderNames.UnitPrice), quantity = this[ColumnRole.Quantity];
        if (price >= 0 && quantity >= 0)
            SetProduct(quantity, price);
        else if (price >= 0)
            Set(ColumnRole.Amount, price);
    }

    private void Set(ColumnRole role, int column)
    {
        _columns[(int)role] = column;
        _expressions[role] = Names[column];
    }

    private void SetProduct(int first, int second)
    {
        Set(ColumnRole.Amount, first);
        AmountFactor = second;
        _expressions[ColumnRole.Amount] = $"{Names[first]}*{Names[second]}";
    }

    private void Leave(ColumnRole role)
    {
        _columns[(int)role] = -1;
        _expressions.Remove(role);
    }

    /// <summary>Column of a header name or a position; -1 where there is none.</summary>
    private int Find(string name)
    {
        foreach (StringComparison comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            int[] same = [.. Enumerable.Range(0, Names.Length).Where(column => string.Equals(Names[column].Trim(), name, comparison))];
            if (same.Length > 1)
                throw Ambiguous(name, same);
            if (same.Length == 1)
                return same[0];
        }
        return name[0] == '#' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position <= Names.Length
            ? position - 1
            : -1;
    }

    private int FindUsual(string[] usual)
    {
        foreach (string name in usual)
        {
            int[] same = [.. Enumerable.Range(0, Names.Length).Where(column => HeaderNames.Plain(Names[column]) == name)];
            if (same.Length > 1)
                throw Ambiguous(Names[same[0]], same);
            if (same.Length == 1)
                return same[0];
        }
        return -1;
    }

    private BadDataException Ambiguous(string name, int[] columns) => new(
        $"{_path}: found {columns.Length} columns named like '{name}' ({string.Join(" and ", columns.Select(column => $"'{Names[column]}' at #{column + 1}"))}), expected one; map the right one by its position, for example =#{columns[0] + 1}.");

    private BadDataException Unknown(ColumnRole role, string name)
    {
        string way = Suggestion(name) is { Length: > 0 } suggestion ? suggestion : "; name one of them or give a position such as #1.";
        return new BadDataException($"{_path}: found no column '{name}' for {ColumnMapping.NameOf(role)}, expected one of {Listed()}{way}");
    }

    private string Suggestion(string name)
    {
        string nearest = Names.MinBy(known => Slips(known, name)) ?? string.Empty;
        return HasHeader && Slips(nearest, name) <= Math.Max(2, name.Length / 3) ? $"; did you mean '{nearest}'?" : "";
    }

    private static int Slips(string known, string name) => NearestName.Distance(HeaderNames.Plain(known), HeaderNames.Plain(name));

    private BadDataException Missing(ColumnRole[] roles)
    {
        string names = string.Join(", ", roles.Select(ColumnMapping.NameOf));
        string map = string.Join(' ', roles.Select((role, index) => $"--map {ColumnMapping.NameOf(role)}={(HasHeader ? "NAME" : $"#{index + 1}")}"));
        return new BadDataException(HasHeader
            ? $"{_path}: found no column for {names} among {Listed()}, expected a usual name such as {string.Join(", ", roles.Select(role => HeaderNames.Of(role)[0]))}; say which it is with {map}."
            : $"{_path}: found a first line without column names ({Names.Length} fields), expected the positions of {names}; give them with {map}, or a header line.");
    }

    private string Listed() => HasHeader ? string.Join(", ", Names) : $"#1 to #{Names.Length} (there is no header)";
}
