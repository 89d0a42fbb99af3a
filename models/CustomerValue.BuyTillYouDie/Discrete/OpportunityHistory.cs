namespace CustomerValue.BuyTillYouDie;

/// <summary>A customer with purchases at discrete opportunities: yearly donations, issues of a magazine, cruises a season.</summary>
/// <param name="X">Opportunities used after the first one.</param>
/// <param name="Tx">The last opportunity used; 0 when none.</param>
/// <param name="N">Opportunities so far.</param>
public readonly record struct OpportunityHistory(int X, int Tx, int N)
{
    internal OpportunityHistory Checked(int row = -1)
    {
        string? fault = X < 0 || Tx < 0 || N < 0 ? "a negative count"
            : Tx > N ? "its last use after the last opportunity (t_x > n)"
            : X > Tx ? "more uses than opportunities up to the last use (x > t_x)"
            : X == 0 && Tx > 0 ? "a last use without any use (x = 0, t_x > 0)"
            : null;
        if (fault is null) return this;
        string where = row < 0 ? "The history" : $"Row {row}";
        throw new InvalidHistoryException($"{where} has {fault}: x {X}, t_x {Tx}, n {N}; 0 <= x <= t_x <= n was expected, and t_x = 0 when x = 0.", row);
    }
}
