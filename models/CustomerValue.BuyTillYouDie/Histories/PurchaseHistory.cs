namespace CustomerValue.BuyTillYouDie;

/// <summary>What the transaction models need to know of one customer: how often, how recently and for how long.</summary>
/// <param name="X">Repeat purchases: purchases after the first one. A whole number, 0 for a customer who came once.</param>
/// <param name="Tx">Recency: time from the first to the last purchase; 0 when <paramref name="X"/> is 0.</param>
/// <param name="T">Age: time from the first purchase to the end of observation; at least <paramref name="Tx"/>.</param>
/// <remarks>
/// The library has no unit of its own: <paramref name="Tx"/>, <paramref name="T"/> and every window given to a model share
/// the unit in which the model was fitted (days, or weeks as days / 7). The value itself is not checked;
/// <see cref="PurchaseHistories"/> and the models are what refuse impossible histories.
/// </remarks>
public readonly record struct PurchaseHistory(double X, double Tx, double T)
{
    internal string? Fault()
    {
        if (!(X >= 0) || !double.IsFinite(X)) return Text($"x = {X}; a count of repeat purchases is a finite number, 0 or more");
        if (X != Math.Floor(X)) return Text($"x = {X}; a count of repeat purchases is a whole number");
        if (!(T >= 0) || !double.IsFinite(T)) return Text($"T = {T}; the age of a customer is a finite number, 0 or more");
        if (!(Tx >= 0) || !double.IsFinite(Tx)) return Text($"t_x = {Tx}; the recency is a finite number, 0 or more");
        if (Tx > T) return Text($"t_x = {Tx} with T = {T}; the last purchase lies within the observed time, t_x <= T");
        if (X == 0 && Tx > 0) return Text($"x = 0 with t_x = {Tx}; without a repeat purchase the recency is 0");
        return null;
    }

    internal PurchaseHistory Checked() =>
        Fault() is { } fault ? throw new InvalidHistoryException($"The purchase history has {fault}.") : this;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
