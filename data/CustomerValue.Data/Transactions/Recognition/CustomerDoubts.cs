using System.Buffers;
using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What the customer ids of a log give cause to doubt.</summary>
internal static class CustomerDoubts
{
    private const int FewestRows = 50, FewestCustomers = 20, LongestPlaceholder = 12;
    private const double MostRows = 0.05;

    private static readonly HashSet<string> s_placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "guest", "guests", "null", "nan", "none", "0", "00000", "-1", "-", "unknown", "test", "n/a", "na", "#n/a", "anonymous", "anonym", "undefined", "default", "walk-in", "walkin", "cash", "customer", "dummy",
        "gast", "unbekannt", "invité", "inconnu", "invitado", "desconocido", "desconhecido", "ospite", "gasten", "游客", "匿名", "未知", "ゲスト", "不明",
    };

    public static void Tell(TransactionLog log, List<Finding> findings)
    {
        if (log.RowCount < FewestRows)
            return;
        TellPlaceholders(log, findings);
        TellDominant(log, findings);
        TellNewPerOrder(log, findings);
        TellAlike(log, findings);
        TellScientific(log, findings);
    }

    private static void TellPlaceholders(TransactionLog log, List<Finding> findings)
    {
        List<int> found = Those(log, IsPlaceholder);
        if (found.Count == 0)
            return;
        long rows = found.Sum(customer => (long)RowsOf(log, customer));
        findings.Add(new Finding("placeholder-customer", rows > MostRows * log.RowCount ? Severity.Error : Severity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", found.Take(6).Select(customer => $"'{log.Customers[customer]}' ({RowsOf(log, customer):N0} rows)"))} stand for nobody in particular, with {(double)rows / log.RowCount:P1} of all rows, and count as customers."),
            $"Leave them out with --drop \"customer={string.Join(",", found.Take(6).Select(customer => log.Customers[customer]))}\"."));
    }

    private static void TellDominant(TransactionLog log, List<Finding> findings)
    {
        if (log.CustomerCount < FewestCustomers)
            return;
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        (int most, int rows) = (0, 0);
        for (int customer = 0; customer < log.CustomerCount; customer++)
            if (offsets[customer + 1] - offsets[customer] > rows)
                (most, rows) = (customer, offsets[customer + 1] - offsets[customer]);
        if (rows > MostRows * log.RowCount && rows > 5.0 * log.RowCount / log.CustomerCount && !s_placeholders.Contains(log.Customers[most].Trim()))
            findings.Add(new Finding("dominant-customer", Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"Customer '{log.Customers[most]}' has {rows:N0} of {log.RowCount:N0} rows ({(double)rows / log.RowCount:P1}): a guest or collective account?"),
                $"Leave it out with --drop \"customer={log.Customers[most]}\" if it is no single customer."));
    }

    private static void TellNewPerOrder(TransactionLog log, List<Finding> findings)
    {
        if (log.CustomerCount < FewestRows)
            return;
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = offsets[customer] + 1; row < offsets[customer + 1]; row++)
                if (log.Days[row] != log.Days[row - 1])
                    return;
        findings.Add(new Finding("customer-new-per-order", Severity.Error,
            $"None of {log.CustomerCount:N0} customers bought on two days: the id may be a new one for every order.",
            "Map the column that stays the same for a customer, for example --map customer=customer_unique_id or an e-mail address."));
    }

    /// <summary>Ids that are one id written in several ways.</summary>
    private static void TellAlike(TransactionLog log, List<Finding> findings)
    {
        if (!Suspect(log))
            return;
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        List<(string First, string Second)> pairs = [];
        int alike = 0;
        for (int customer = 0; customer < log.CustomerCount; customer++)
        {
            string plain = Plain(log.Customers[customer]);
            if (!seen.TryAdd(plain, customer))
            {
                alike++;
                if (pairs.Count < 3)
                    pairs.Add((log.Customers[seen[plain]], log.Customers[customer]));
            }
        }
        if (alike > 0)
            findings.Add(new Finding("alike-customers", Severity.Warning,
                $"{alike:N0} customer ids differ from another only in case, blanks, '.0' at the end or the form of letters, such as {string.Join(", ", pairs.Select(pair => $"'{Shown(pair.First)}' and '{Shown(pair.Second)}'"))}; they count as different customers.",
                "Write each id in one way before exporting: as text, without blanks, in one case."));
    }

    /// <summary>Whether ids have what could make two of them one: a cheap look at all.</summary>
    private static bool Suspect(TransactionLog log)
    {
        bool upper = false, lower = false;
        foreach (string id in log.Customers.Names)
        {
            if (!Ascii.IsValid(id) || id.Contains(' ', StringComparison.Ordinal) || id.EndsWith(".0", StringComparison.Ordinal))
                return true;
            upper = upper || id.AsSpan().ContainsAnyInRange('A', 'Z');
            lower = lower || id.AsSpan().ContainsAnyInRange('a', 'z');
            if (upper && lower)
                return true;
        }
        return false;
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

    private static void TellScientific(TransactionLog log, List<Finding> findings)
    {
        List<int> found = Those(log, IsScientific);
        if (found.Count == 0)
            return;
        long rows = found.Sum(customer => (long)RowsOf(log, customer));
        findings.Add(new Finding("scientific-customers", Severity.Error,
            string.Create(CultureInfo.InvariantCulture, $"{found.Count:N0} customer ids such as '{log.Customers[found[0]]}', with {(double)rows / log.RowCount:P1} of all rows, are rounded numbers: a spreadsheet has merged different customers into one."),
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

    private static List<int> Those(TransactionLog log, Predicate<string> holds)
    {
        List<int> found = [];
        IReadOnlyList<string> names = log.Customers.Names;
        for (int customer = 0; customer < names.Count; customer++)
            if (holds(names[customer]))
                found.Add(customer);
        return found;
    }

    private static int RowsOf(TransactionLog log, int customer) => log.Offsets.Span[customer + 1] - log.Offsets.Span[customer];

    private static string Shown(string id) => id.Replace("\u00A0", "␣", StringComparison.Ordinal);
}
