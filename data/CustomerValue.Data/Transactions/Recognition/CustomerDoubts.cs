using System.Buffers;
using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What the customer ids of a log give cause to doubt; a log may be shown in parts of its customers.</summary>
internal sealed class CustomerDoubts
{
    private const int FewestRows = 50, FewestCustomers = 20, LongestPlaceholder = 12;
    private const double MostRows = 0.05;

    private static readonly HashSet<string> s_placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "guest", "guests", "null", "nan", "none", "0", "00000", "-1", "-", "unknown", "test", "n/a", "na", "#n/a", "anonymous", "anonym", "undefined", "default", "walk-in", "walkin", "cash", "customer", "dummy",
        "gast", "unbekannt", "invité", "inconnu", "invitado", "desconocido", "desconhecido", "ospite", "gasten", "游客", "匿名", "未知", "ゲスト", "不明",
    };

    private readonly List<(string Id, long Rows)> _placeholders = [], _scientific = [];
    private readonly List<NameTable> _ids = [];
    private long _rows;
    private int _customers;
    private (string Id, int Rows) _most = ("", 0);
    private bool _anyCameAgain, _odd, _upper, _lower;

    /// <summary>Looks at a part of the customers.</summary>
    public void Add(TransactionLog log)
    {
        _rows += log.RowCount;
        _customers += log.CustomerCount;
        _ids.Add(log.Customers);
        _placeholders.AddRange(Those(log, IsPlaceholder));
        _scientific.AddRange(Those(log, IsScientific));
        LookForMost(log);
        _anyCameAgain = _anyCameAgain || AnyCameAgain(log);
        LookForOdd(log);
    }

    public void Tell(List<Finding> findings)
    {
        if (_rows < FewestRows)
            return;
        foreach (List<(string Id, long Rows)> ids in (List<(string Id, long Rows)>[])[_placeholders, _scientific])
            ids.Sort((one, other) => string.CompareOrdinal(one.Id, other.Id));
        TellPlaceholders(findings);
        TellDominant(findings);
        TellNewPerOrder(findings);
        TellAlike(findings);
        TellScientific(findings);
    }

    private void TellPlaceholders(List<Finding> findings)
    {
        if (_placeholders.Count == 0)
            return;
        long rows = _placeholders.Sum(customer => customer.Rows);
        findings.Add(new Finding("placeholder-customer", rows > MostRows * _rows ? Severity.Error : Severity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", _placeholders.Take(6).Select(customer => $"'{customer.Id}' ({customer.Rows:N0} rows)"))} stand for nobody in particular, with {(double)rows / _rows:P1} of all rows, and count as customers."),
            $"Leave them out with --drop \"customer={string.Join(",", _placeholders.Take(6).Select(customer => customer.Id))}\"."));
    }

    private void LookForMost(TransactionLog log)
    {
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        (int most, int rows) = (0, 0);
        for (int customer = 0; customer < log.CustomerCount; customer++)
            if (offsets[customer + 1] - offsets[customer] > rows)
                (most, rows) = (customer, offsets[customer + 1] - offsets[customer]);
        if (rows > _most.Rows || (rows > 0 && rows == _most.Rows && string.CompareOrdinal(log.Customers[most], _most.Id) < 0))
            _most = (log.Customers[most], rows);
    }

    private void TellDominant(List<Finding> findings)
    {
        if (_customers < FewestCustomers)
            return;
        if (_most.Rows > MostRows * _rows && _most.Rows > 5.0 * _rows / _customers && !s_placeholders.Contains(_most.Id.Trim()))
            findings.Add(new Finding("dominant-customer", Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"Customer '{_most.Id}' has {_most.Rows:N0} of {_rows:N0} rows ({(double)_most.Rows / _rows:P1}): a guest or collective account?"),
                $"Leave it out with --drop \"customer={_most.Id}\" if it is no single customer."));
    }

    private static bool AnyCameAgain(TransactionLog log)
    {
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = offsets[customer] + 1; row < offsets[customer + 1]; row++)
                if (log.Days[row] != log.Days[row - 1])
                    return true;
        return false;
    }

    private void TellNewPerOrder(List<Finding> findings)
    {
        if (_customers < FewestRows || _anyCameAgain)
            return;
        findings.Add(new Finding("customer-new-per-order", Severity.Error,
            $"None of {_customers:N0} customers bought on two days: the id may be a new one for every order.",
            "Map the column that stays the same for a customer, for example --map customer=customer_unique_id or an e-mail address."));
    }

    /// <summary>Ids that are one id written in several ways.</summary>
    private void TellAlike(List<Finding> findings)
    {
        if (!_odd && !(_upper && _lower))
            return;
        Dictionary<string, string> seen = new(_customers, StringComparer.Ordinal);
        List<(string First, string Second)> pairs = [];
        int alike = 0;
        foreach (string id in InOrder())
        {
            string plain = Plain(id);
            if (!seen.TryAdd(plain, id))
            {
                alike++;
                if (pairs.Count < 3)
                    pairs.Add((seen[plain], id));
            }
        }
        if (alike > 0)
            findings.Add(new Finding("alike-customers", Severity.Warning,
                $"{alike:N0} customer ids differ from another only in case, blanks, '.0' at the end or the form of letters, such as {string.Join(", ", pairs.Select(pair => $"'{Shown(pair.First)}' and '{Shown(pair.Second)}'"))}; they count as different customers.",
                "Write each id in one way before exporting: as text, without blanks, in one case."));
    }

    private IReadOnlyList<string> InOrder()
    {
        if (_ids.Count == 1)
            return _ids[0].Names;
        string[] ids = [.. _ids.SelectMany(part => part.Names)];
        Array.Sort(ids, StringComparer.Ordinal);
        return ids;
    }

    /// <summary>Looks for what could make two ids one: a cheap look at all.</summary>
    private void LookForOdd(TransactionLog log)
    {
        foreach (string id in log.Customers.Names)
        {
            if (_odd || (_upper && _lower))
                return;
            _odd = !Ascii.IsValid(id) || id.Contains(' ', StringComparison.Ordinal) || id.EndsWith(".0", StringComparison.Ordinal);
            _upper = _upper || id.AsSpan().ContainsAnyInRange('A', 'Z');
            _lower = _lower || id.AsSpan().ContainsAnyInRange('a', 'z');
        }
    }

    private static string Plain(string id)
    {
        string plain = Decomposed(id).Replace("\u00A0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.EndsWith(".0", StringComparison.Ordinal) ? plain[..^2] : plain;
    }

    /// <summary>Without combining marks, so that both forms of a letter are the same; the program runs without the tables of a culture.</summary>
    private static string Decomposed(string id)
    {
        if (Ascii.IsValid(id))
            return id;
        StringBuilder text = new(id.Length);
        foreach (char letter in id)
            if (letter is < '\u0300' or > '\u036F')
                text.Append(Accents.Fold(char.ToLowerInvariant(letter)));
        return text.ToString();
    }

    private void TellScientific(List<Finding> findings)
    {
        if (_scientific.Count == 0)
            return;
        long rows = _scientific.Sum(customer => customer.Rows);
        findings.Add(new Finding("scientific-customers", Severity.Error,
            string.Create(CultureInfo.InvariantCulture, $"{_scientific.Count:N0} customer ids such as '{_scientific[0].Id}', with {(double)rows / _rows:P1} of all rows, are rounded numbers: a spreadsheet has merged different customers into one."),
            "Export the ids as text; what was rounded cannot be won back."));
    }

    private static readonly SearchValues<char> s_mantissa = SearchValues.Create("0123456789.,");

    private static bool IsScientific(string id)
    {
        int e = id.IndexOf('E', StringComparison.Ordinal);
        return e > 0 && id.AsSpan(e).StartsWith("E+") && !id.AsSpan(0, e).ContainsAnyExcept(s_mantissa) && id.Length > e + 2 && !id.AsSpan(e + 2).ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>A cheap look at length and last letter first: the words end in a letter, a dash or a nought.</summary>
    private static bool IsPlaceholder(string id) => id.Length is > 0 and <= LongestPlaceholder && id[^1] is not (>= '2' and <= '9') && s_placeholders.Contains(id.Trim());

    private static List<(string Id, long Rows)> Those(TransactionLog log, Predicate<string> holds)
    {
        List<(string Id, long Rows)> found = [];
        IReadOnlyList<string> names = log.Customers.Names;
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        for (int customer = 0; customer < names.Count; customer++)
            if (holds(names[customer]))
                found.Add((names[customer], offsets[customer + 1] - offsets[customer]));
        return found;
    }

    private static string Shown(string id) => id.Replace("\u00A0", "␣", StringComparison.Ordinal);
}
