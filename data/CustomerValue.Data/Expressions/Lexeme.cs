namespace CustomerValue.Data.Expressions;

internal enum TokenKind
{
    Number,
    Text,
    Date,
    Name,
    Word,
    Symbol,
    End,
}

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">A name or text without its marks, a keyword in small letters, or the symbol.</param>
/// <param name="Number">Value of a number, or day number of a date.</param>
/// <param name="Position">Index of its first character.</param>
/// <param name="Length">Its characters.</param>
internal readonly record struct Lexeme(TokenKind Kind, string Value, double Number, int Position, int Length)
{
    public bool Is(string symbolOrWord) => Kind is TokenKind.Symbol or TokenKind.Word && Value == symbolOrWord;

    /// <summary>The token in a message.</summary>
    public string Described(string text) => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"the text {text.AsSpan(Position, Length)}",
        _ => $"'{text.AsSpan(Position, Length)}'",
    };
}
