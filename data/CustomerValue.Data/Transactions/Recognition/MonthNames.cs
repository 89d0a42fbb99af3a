using System.Text;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Names of months and weekdays in English, German, French, Spanish and Portuguese, compared without case and accents.</summary>
internal static class MonthNames
{
    private const int LongestName = 24;

    private static readonly string[][] s_names =
    [
        ["january", "januar", "janner", "jan", "janvier", "janv", "enero", "ene", "janeiro"],
        ["february", "februar", "feb", "fevrier", "fevr", "febrero", "fevereiro", "fev"],
        ["march", "mar", "marz", "maerz", "mrz", "mars", "marzo", "marco"],
        ["april", "apr", "avril", "avr", "abril", "abr"],
        ["may", "mai", "mayo", "maio"],
        ["june", "jun", "juni", "juin", "junio", "junho"],
        ["july", "jul", "juli", "juillet", "juil", "julio", "julho"],
        ["august", "aug", "aout", "agosto", "ago"],
        ["september", "sep", "sept", "septembre", "septiembre", "setembro", "set"],
        ["october", "oct", "oktober", "okt", "octobre", "octubre", "outubro", "out"],
        ["november", "nov", "novembre", "noviembre", "novembro"],
        ["december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dezembro"],
    ];

    private static readonly HashSet<string> s_weekdays =
    [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mo", "di", "mi", "do", "fr", "sa", "so", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
        "lun", "mer", "jeu", "ven", "sam", "dim", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "segunda", "terca", "quarta", "quinta", "sexta",
    ];

    private static readonly Dictionary<string, int> s_months = s_names.SelectMany((names, month) => names.Select(name => (name, month: month + 1))).ToDictionary(pair => pair.name, pair => pair.month);
    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_monthsBySpan = s_months.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_weekdaysBySpan = s_weekdays.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Month 1 to 12 of a word in UTF-8, or 0.</summary>
    public static int Month(ReadOnlySpan<byte> word)
    {
        Span<char> plain = stackalloc char[LongestName];
        int length = Plain(word, plain);
        return length > 0 && s_monthsBySpan.TryGetValue(plain[..length], out int month) ? month : 0;
    }

    /// <summary>Whether a word in UTF-8 names a day of the week.</summary>
    public static bool IsWeekday(ReadOnlySpan<byte> word)
    {
        Span<char> plain = stackalloc char[LongestName];
        int length = Plain(word, plain);
        return length > 0 && s_weekdaysBySpan.Contains(plain[..length]);
    }

    /// <summary>Lower case without the accents of these languages; 0 where the word is too long.</summary>
    private static int Plain(ReadOnlySpan<byte> word, Span<char> plain)
    {
        int length = 0;
        foreach (Rune rune in Runes(word))
        {
            if (length == plain.Length)
                return 0;
            plain[length++] = Rune.ToLowerInvariant(rune).Value switch
            {
                'ä' or 'á' or 'à' or 'â' or 'ã' => 'a',
                'é' or 'è' or 'ê' => 'e',
                'û' or 'ú' or 'ü' => 'u',
                'ç' => 'c',
                'ó' or 'ô' => 'o',
                var other and < 0x80 => (char)other,
                _ => '?',
            };
        }
        return length;
    }

    private static RuneList Runes(ReadOnlySpan<byte> text) => new(text);

    /// <summary>Walks over the characters of a text in UTF-8.</summary>
    private ref struct RuneList(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;

        public Rune Current { get; private set; }

        public readonly RuneList GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
                return false;
            Rune.DecodeFromUtf8(_rest, out Rune rune, out int length);
            Current = rune;
            _rest = _rest[Math.Max(1, length)..];
            return true;
        }
    }
}
