namespace CustomerValue.Data.Transactions;

/// <summary>One line of a history as columns hold it: names by their codes.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">Money of the line; negative for a return.</param>
public readonly record struct HistoryLine(DateOnly Day, double Amount)
{
    /// <summary>A name that is not known.</summary>
    public const int Unknown = -1;

    /// <summary>Pieces, where known; NaN otherwise.</summary>
    public double Quantity { get; init; } = double.NaN;

    /// <summary>Code in <see cref="HistoryWriter.Products"/>, or <see cref="Unknown"/>.</summary>
    public int Product { get; init; } = Unknown;

    /// <summary>Code in <see cref="HistoryWriter.Categories"/>, or <see cref="Unknown"/>.</summary>
    public int Category { get; init; } = Unknown;

    /// <summary>Code in <see cref="HistoryWriter.Channels"/>, or <see cref="Unknown"/>.</summary>
    public int Channel { get; init; } = Unknown;

    /// <summary>Money of discount, where known; NaN otherwise.</summary>
    public double Discount { get; init; } = double.NaN;

    /// <summary>Money of margin, where known; NaN otherwise.</summary>
    public double Margin { get; init; } = double.NaN;
}
