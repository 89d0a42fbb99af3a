namespace CustomerValue.Data.Expressions;

/// <summary>What a value in an expression is.</summary>
public enum ExpressionKind
{
    /// <summary>A number; NaN is missing.</summary>
    Number,

    /// <summary>A text, compared letter by letter; null is missing.</summary>
    Text,

    /// <summary>A day.</summary>
    Date,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>A column that expressions may name.</summary>
/// <param name="Name">Its name, letter by letter.</param>
/// <param name="Kind">What its values are.</param>
public sealed record ExpressionColumn(string Name, ExpressionKind Kind)
{
    /// <summary>All texts the column can hold, so that a misspelt one is an error and not a rule that never holds; empty where any text may come.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];
}
