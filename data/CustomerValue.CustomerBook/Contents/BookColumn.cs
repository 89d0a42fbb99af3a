namespace CustomerValue.CustomerBook;

/// <summary>What a column of the book holds.</summary>
public enum BookFieldKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Several texts, each of one line; <c>string[]</c>.</summary>
    Texts,

    /// <summary>A number; <c>double</c>.</summary>
    Number,

    /// <summary>A whole number; <c>long</c>.</summary>
    Whole,

    /// <summary>A day; <c>DateOnly</c>.</summary>
    Day,

    /// <summary>Yes or no; <c>bool</c>.</summary>
    Flag,
}

/// <summary>A column of the book, named as answers name it.</summary>
/// <param name="Name">Its name in snake_case: a letter, then letters, digits and underscores.</param>
/// <param name="Kind">What it holds; every column but <c>customer_id</c> may be empty.</param>
public sealed record BookColumn(string Name, BookFieldKind Kind)
{
    /// <summary>The column that every book begins with.</summary>
    public static BookColumn CustomerId { get; } = new("customer_id", BookFieldKind.Text);
}
