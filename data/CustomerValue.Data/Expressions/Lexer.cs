using System.Globalization;

namespace CustomerValue.Data.Expressions;

/// <summary>Cuts an expression into words.</summary>
internal static class Lexer
{
    private static readonly HashSet<string> s_words = new(["and", "or", "not", "in", "is", "missing", "true", "false"], StringComparer.Ordinal);
    private static readonly string[] s_symbols = ["<=", ">=", "!=", "<>", "==", "=", "<", ">", "+", "-", "*", "/", "(", ")", ","];
    private static readonly Dictionary<char, string> s_otherWays = new()
    {
        ['&'] = "write and",
        ['|'] = "write or",
        ['!'] = "write not, or != between two values",
        ['%'] = "write a share, 0.3 for 30 %",
        [';'] = "leave it out",
        ['（'] = "write (",
        ['）'] = "write )",
        ['，'] = "write ,",
        ['＝'] = "write =",
        ['＞'] = "write >",
        ['＜'] = "write <",
        ['≥'] = "write >=",
        ['≤'] = "write <=",
        ['≠'] = "write !=",
        ['“'] = "write '",
        ['”'] = "write '",
        ['‘'] = "write '",
        ['’'] = "write '",
        ['`'] = "write [ and ] around names with blanks",
        ['×'] = "write *",
        ['÷'] = "write /",
    };

    public static List<Lexeme> Read(string text)
    {
        List<Lexeme> tokens = [];
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                break;
            Lexeme token = Next(text, at);
            tokens.Add(token);
            at += token.Length;
        }
        tokens.Add(new Lexeme(TokenKind.End, "", 0, text.Length, 0));
        return tokens;
    }

    private static Lexeme Next(string text, int at)
    {
        char c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            return Number(text, at);
        if (char.IsLetter(c) || c == '_')
        {
            int end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.'))
                end++;
            string name = text[at..end], word = name.ToLowerInvariant();
            return s_words.Contains(word) ? new Lexeme(TokenKind.Word, word, 0, at, end - at) : new Lexeme(TokenKind.Name, name, 0, at, end - at);
        }
        if (c is '\'' or '"')
            return Quoted(text, at, c, TokenKind.Text);
        if (c == '[')
            return Quoted(text, at, ']', TokenKind.Name);
        foreach (string symbol in s_symbols)
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
                return new Lexeme(TokenKind.Symbol, symbol switch { "<>" => "!=", "==" => "=", _ => symbol }, 0, at, symbol.Length);
        int length = char.IsSurrogatePair(text, at) ? 2 : 1;
        throw new ExpressionException(text, at, length, $"found '{(char.IsControl(c) ? ' ' : text.Substring(at, length))}', expected a name, a value or an operator; {s_otherWays.GetValueOrDefault(c, "take it out, or put text between ' and ' and names with such signs between [ and ]")}");
    }

    private static Lexeme Number(string text, int at)
    {
        if (Date(text, at) is { } date)
            return date;
        int end = Digits(text, at);
        if (end < text.Length && text[end] == '.')
            end = Digits(text, end + 1);
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            int exponent = Digits(text, sign);
            end = exponent > sign ? exponent : end;
        }
        if (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.'))
        {
            int odd = end;
            while (odd < text.Length && (char.IsLetterOrDigit(text[odd]) || text[odd] is '_' or '.'))
                odd++;
            throw new ExpressionException(text, at, odd - at, $"found '{text[at..odd]}', expected a number like 12.5 or 1e3; put names that begin with a digit between [ and ]");
        }
        double value = double.Parse(text.AsSpan(at, end - at), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? new Lexeme(TokenKind.Number, "", value, at, end - at)
            : throw new ExpressionException(text, at, end - at, "found a number beyond 1.8e308, expected a smaller one");
    }

    /// <summary>A date is written 2024-02-28, without blanks, and is no subtraction.</summary>
    private static Lexeme? Date(string text, int at)
    {
        const int length = 10;
        if (at + length > text.Length || text[at + 4] != '-' || text[at + 7] != '-' || (at + length < text.Length && char.IsLetterOrDigit(text[at + length])))
            return null;
        for (int i = 0; i < length; i++)
            if (i is not 4 and not 7 && !char.IsAsciiDigit(text[at + i]))
                return null;
        return DateOnly.TryParseExact(text.AsSpan(at, length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new Lexeme(TokenKind.Date, "", day.DayNumber, at, length)
            : throw new ExpressionException(text, at, length, $"found '{text.AsSpan(at, length)}', expected a day of the calendar like 2024-02-28");
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at;
    }

    private static Lexeme Quoted(string text, int at, char close, TokenKind kind)
    {
        for (int end = at + 1; end < text.Length; end++)
        {
            if (text[end] != close)
                continue;
            if (end + 1 < text.Length && text[end + 1] == close)
                end++;
            else
                return new Lexeme(kind, text[(at + 1)..end].Replace($"{close}{close}", $"{close}", StringComparison.Ordinal), 0, at, end + 1 - at);
        }
        throw new ExpressionException(text, at, text.Length - at, $"found no closing {close}, expected one; write {close} at the end of the {(kind == TokenKind.Text ? "text" : "name")}");
    }
}
