namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>Names what makes a fit degenerate; parameters are those in units of the mean age.</summary>
internal static class DegeneracyFindings
{
    private const double Tiny = 1e-3;
    private const double Huge = 1e3;

    /// <summary>What the data alone tell.</summary>
    public static IEnumerable<FitFinding> OfData(CompressedHistories rows)
    {
        if (rows.TotalPurchases == 0)
            yield return new FitFinding("no-repeat-purchase", FitSeverity.Error, "No customer bought again, so nothing can be learnt about rates or dropout.",
                "Observe for longer; a small prior keeps the parameters finite meanwhile.");
        else if (rows.Rows == 1)
            yield return new FitFinding("customers-identical", FitSeverity.Error,
                FormattableString.Invariant($"All customers have the same history (x {rows.X[0]}), so differences between customers cannot be learnt."),
                "Fit on more, and more varied, customers; a small prior keeps the parameters finite meanwhile.");
        else if (rows.TotalWeight < 50)
            yield return new FitFinding("few-customers", FitSeverity.Warning, FormattableString.Invariant($"There are only {rows.TotalWeight:0} customers."),
                "Some hundred are needed for steady parameters; set a small Penalty such as 0.1.");
    }

    /// <summary>The spread of the purchase rates.</summary>
    public static IEnumerable<FitFinding> OfRates(double r)
    {
        if (r > Huge)
            yield return new FitFinding("rates-alike", FitSeverity.Warning,
                FormattableString.Invariant($"r is {r:g3}: purchase rates do not differ between customers."),
                "Purchases are near a plain Poisson process; the predictions hold, r and alpha mean something only as the ratio r / alpha.");
        if (r < Tiny)
            yield return new FitFinding("rates-vanish", FitSeverity.Warning,
                FormattableString.Invariant($"r is {r:g3}: nearly all customers have a rate near 0."), "Look for rows of customers who never could buy, or set a small Penalty.");
    }

    /// <summary>Dropout after purchases, Beta(a, b).</summary>
    public static IEnumerable<FitFinding> OfDropoutAtPurchase(double a, double b)
    {
        double mean = a / (a + b);
        if (mean < Tiny)
            yield return NoDropout(FormattableString.Invariant($"a is {a:g3} and the mean chance to leave at a purchase {mean:g3}"));
        else if (a + b > Huge)
            yield return new FitFinding("dropout-alike", FitSeverity.Warning,
                FormattableString.Invariant($"a + b is {a + b:g3}: the chance to leave at a purchase, {mean:0.000}, is the same for all customers."),
                "The predictions hold; a and b mean something only as the ratio a / (a + b).");
        else if (a + b < 10 * Tiny)
            yield return new FitFinding("dropout-all-or-nothing", FitSeverity.Warning,
                FormattableString.Invariant($"a + b is {a + b:g3}: a share {mean:0.000} of customers leaves at the first chance and the others never do."),
                "Check for a mix of one-time and loyal customers; set a small Penalty such as 0.1.");
    }

    /// <summary>Dropout by the clock, with its share of customers gone by the mean age.</summary>
    public static IEnumerable<FitFinding> OfDropoutByClock(double s, double goneByMeanAge)
    {
        if (goneByMeanAge < Tiny)
            yield return NoDropout(FormattableString.Invariant($"s is {s:g3} and the share of customers gone by the mean age {goneByMeanAge:g3}"));
        else if (s > Huge)
            yield return new FitFinding("dropout-alike", FitSeverity.Warning,
                FormattableString.Invariant($"s is {s:g3}: dropout rates do not differ between customers."),
                "The predictions hold; s and beta mean something only as the ratio s / beta.");
    }

    /// <summary>Gompertz growth of the risk to leave over the mean age.</summary>
    public static IEnumerable<FitFinding> OfGrowth(double b, double beta)
    {
        if (b < 10 * Tiny)
            yield return new FitFinding("constant-risk", FitSeverity.Information,
                FormattableString.Invariant($"The risk to leave hardly grows with age (by {b:g3} over the mean age): b and beta may fall together along a ridge, and b s / beta alone is determined (beta {beta:g3})."),
                "Use pareto-nbd: it fits as well with a parameter less.");
    }

    private static FitFinding NoDropout(string what) => new("no-dropout", FitSeverity.Warning,
        $"The histories show no dropout ({what}): the model has become the NBD, under which nobody ever leaves.",
        "Trust the predictions only over windows short against the observed time; observe for longer, use a model with regularity (mbg-cnbd-k), or set a small Penalty such as 0.1.");
}
