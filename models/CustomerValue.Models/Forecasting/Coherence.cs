using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>Makes one answer a customer out of figures that different candidates gave: whoever contributes, they can be true together.</summary>
/// <remarks>
/// With churn c within h days, a purchase is made with probability p = 1 - c, and m purchases are expected of those who make one: at least 1, and at most
/// 1 + (h - 1) f, with f the fastest pace that the customer's own rhythm allows (<see cref="FastestPace(double, double, double)"/>), a purchase a day at the most. Expected purchases are p m:
/// churn, which is calibrated and explained, stays as it is. Spend is finite and not negative, nothing where no
/// purchase is expected, and the customer's usual purchase where a rule that knows one purchase only expected none.
/// Alive is who buys, and those who do not buy as often as the prior takes such customers for alive: P(alive) = p + c q with q = (a - (1 - n)) / n, where a is
/// the prior's P(alive) and n its probability of no purchase. Where the champion's churn is the prior's own, that is a.
/// More days ahead never mean fewer purchases: p, m's ends and what was given grow with h, and the middle of three growing numbers grows.
/// </remarks>
internal static class Coherence
{
    /// <summary>Windows in which a faster pace than the usual one shows, as the standard catalogue counts them.</summary>
    private static readonly (string Column, int Days)[] s_recent = [("purchase_days_30d", 30), ("purchase_days_90d", 90), ("purchase_days_365d", DaysIn.Year)];

    /// <summary>Gaps as irregular as chance makes them that every customer's own are mixed with.</summary>
    private const double PriorGaps = 3;

    /// <summary>Standard errors of a pace by which it may have been underrated.</summary>
    private const double Doubt = 2;

    private const double MostSpend = 1e30;

    /// <summary>The model's forecast with figures that agree with each other.</summary>
    /// <inheritdoc cref="ICustomerModel.Predict"/>
    /// <param name="model">The model.</param>
    /// <param name="snapshot">Features at a cutoff; its outcomes are never looked at.</param>
    /// <param name="horizon">Days ahead.</param>
    public static Forecast Forecast(this ICustomerModel model, Snapshot snapshot, Horizon horizon) => Settle(model.Predict(snapshot, horizon), snapshot, horizon);

    /// <summary>Settles a forecast in place, whoever made it.</summary>
    /// <returns>The same forecast.</returns>
    internal static Forecast Settle(Forecast forecast, Snapshot snapshot, Horizon horizon)
    {
        ReadOnlySpan<double> x = snapshot.Aggregates.X, tx = snapshot.Aggregates.Tx, gapSquares = snapshot.Aggregates.TryColumn("gap_squares_all");
        ReadOnlySpan<double> total = snapshot.Aggregates.TotalSpend;
        double[] fastest = new double[forecast.Count];
        for (int i = 0; i < fastest.Length; i++)
            fastest[i] = FastestPace(x[i], tx[i], gapSquares.Length > 0 ? gapSquares[i] : double.NaN);
        foreach ((string name, int days) in s_recent)
        {
            ReadOnlySpan<double> recent = snapshot.Aggregates.TryColumn(name);
            for (int i = 0; i < recent.Length; i++)
                if (recent[i] >= 2)
                    fastest[i] = Math.Max(fastest[i], Pace(recent[i], days, 1));
        }
        for (int i = 0; i < forecast.Count; i++)
        {
            double churn = Inside(forecast.ChurnProbability[i], 0, 1, 1), buys = 1 - churn;
            double most = 1 + (horizon.Days - 1) * Math.Min(fastest[i], 1);
            if (!(forecast.ExpectedPurchases[i] > 0) && !(forecast.ExpectedSpend[i] > 0))
                forecast.ExpectedSpend[i] = buys * Math.Max(total[i], 0) / (x[i] + 1);
            forecast.ChurnProbability[i] = churn;
            forecast.ExpectedPurchases[i] = Inside(forecast.ExpectedPurchases[i], buys, buys * most, buys);
            forecast.ExpectedSpend[i] = buys > 0 ? Inside(forecast.ExpectedSpend[i], 0, MostSpend, 0) : 0;
        }
        return forecast;
    }

    /// <summary>Settles formulas as <see cref="Settle(Forecasting.Forecast, Snapshot, Horizon)"/> settles figures; what is NaN stays so.</summary>
    internal static AnswerFormulas Settle(AnswerFormulas answers, FormulaInputs inputs)
    {
        Formula churn = Formula.Within(answers.Churn, 0, 1), buys = 1 - churn, most = 1 + (inputs.HorizonDays - 1) * Formula.Min(FastestPace(inputs), 1);
        Formula usual = buys * Formula.Max(inputs.TotalSpend, 0) / (inputs.X + 1);
        Formula spend = Formula.WhereAbove(answers.Purchases, 0, answers.Spend, Formula.WhereAbove(answers.Spend, 0, answers.Spend, usual));
        return new AnswerFormulas(churn, Formula.Within(answers.Purchases, buys, buys * most), Formula.WhereAbove(buys, 0, Formula.Within(spend, 0, MostSpend), 0 * buys));
    }

    private static Formula FastestPace(FormulaInputs inputs)
    {
        Formula x = inputs.X, tx = inputs.Tx, gap = tx / x;
        Formula squares = inputs.Number("gap_squares", "Sum of the squares of the days between purchase days; NaN where unknown.", snapshot => Known(snapshot, "gap_squares_all", double.NaN));
        Formula variation = Formula.WhereMissing(squares, 1, (Formula.Max(squares / (x * gap * gap) - 1, 0) * x + PriorGaps) / (x + PriorGaps));
        Formula fastest = Formula.WhereAbove(x, 0, Formula.WhereAbove(tx, 0, Pace(x, tx, variation), 1), 1);
        foreach ((string name, int days) in s_recent)
        {
            Formula recent = inputs.Count(name, $"Purchase days in the last {days} days; 0 where unknown.", snapshot => Known(snapshot, name, 0));
            fastest = Formula.WhereAbove(recent, LessThanTwo, Formula.Max(fastest, Pace(recent, days, 1)), fastest);
        }
        return fastest;
    }

    private static double[] Known(Snapshot snapshot, string aggregate, double unknown) =>
        snapshot.Aggregates.TryColumn(aggregate) is { Length: > 0 } known ? known.ToArray() : [.. Enumerable.Repeat(unknown, snapshot.Count)];

    private static Formula Pace(Formula purchases, Formula days, Formula variation) => purchases / days * (1 + Doubt * Formula.Sqrt(variation / purchases));

    /// <summary>A whole number above it is 2 or more.</summary>
    private const double LessThanTwo = 1.5;

    /// <summary>P(alive) that agrees with a churn probability.</summary>
    /// <param name="churn">Probability of no purchase within the horizon, as forecast.</param>
    /// <param name="priorAlive">The prior's P(alive).</param>
    /// <param name="priorNoPurchase">The prior's own probability of no purchase within the horizon.</param>
    internal static double ProbabilityAlive(double churn, double priorAlive, double priorNoPurchase)
    {
        double quietButAlive = priorNoPurchase > 0 ? Inside((priorAlive - (1 - priorNoPurchase)) / priorNoPurchase, 0, 1, 0) : 1;
        return Math.Max(1 - churn, Math.Min(1 - churn + churn * quietButAlive, 1));
    }

    /// <summary>Median of the days to the next purchase that agrees with a churn probability: below the horizon just where churn is below one half.</summary>
    /// <remarks>When the next purchase comes within the horizon, and when after it, is distributed as the prior says; how likely either is, by churn: with F and n the prior's distribution and its probability
    /// of no purchase in the horizon, P(bought by d) is (1 - churn) F(d) / (1 - n) within it, and 1 - churn (1 - F(d)) / n after it.</remarks>
    /// <param name="churn">Probability of no purchase within the horizon, as forecast.</param>
    /// <param name="prior">The prior.</param>
    /// <param name="history">The customer.</param>
    /// <param name="horizonDays">Days of the horizon.</param>
    /// <returns>Days; positive infinity where it is likelier that there is none.</returns>
    internal static double DaysToNextPurchase(double churn, IPriorModel prior, PurchaseHistory history, int horizonDays)
    {
        double none = prior.ProbabilityOfNoPurchase(history, horizonDays);
        if (churn >= Half)
            return Math.Max(prior.DaysToNextPurchase(history, 1 - Half * none / churn), horizonDays);
        double within = Half / (1 - churn), stated = within * (1 - none);
        return Math.Min(stated > 0 ? prior.DaysToNextPurchase(history, stated) : within * horizonDays, Math.BitDecrement((double)horizonDays));
    }

    private const double Half = 0.5;

    /// <summary>Purchases a day that a customer's own rhythm allows at most: the pace seen, and two standard errors of it; a day each where no gap is known.</summary>
    private static double FastestPace(double x, double tx, double gapSquares)
    {
        if (!(x > 0) || !(tx > 0))
            return 1;
        return Pace(x, tx, GapVariation(x, tx, gapSquares, PriorGaps));
    }

    /// <summary>Squared coefficient of variation of a customer's gaps, mixed with gaps as irregular as chance makes them: 1.</summary>
    /// <param name="x">Repeat purchases, above 0.</param>
    /// <param name="tx">Days from the first to the last, above 0.</param>
    /// <param name="gapSquares">Sum of the squares of the gaps; NaN where unknown.</param>
    /// <param name="priorGaps">How many of those.</param>
    internal static double GapVariation(double x, double tx, double gapSquares, double priorGaps)
    {
        double gap = tx / x, seen = gapSquares / (x * gap * gap) - 1;
        return double.IsFinite(seen) ? (Math.Max(seen, 0) * x + priorGaps) / (x + priorGaps) : 1;
    }

    private static double Pace(double purchases, double days, double variation) => purchases / days * (1 + Doubt * Math.Sqrt(variation / purchases));

    private static double Inside(double value, double least, double most, double unknown) => double.IsNaN(value) ? unknown : Math.Clamp(value, least, Math.Max(least, most));
}
