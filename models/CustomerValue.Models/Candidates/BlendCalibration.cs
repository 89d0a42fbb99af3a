using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;

namespace CustomerValue.Models.Candidates;

/// <summary>Moves what a blend says to what came of such forecasts at past origins: log-odds of churn, and spend by its height. Totals of the base stay.</summary>
/// <param name="HorizonDays">Days ahead at which it was learnt: how far a customer is moved there holds at every horizon, so that more days never mean less.</param>
/// <param name="Churn">From log-odds to log-odds; null where past origins speak for none.</param>
/// <param name="Spend">From the log of spend over the base's mean to the same; null where past origins speak for none.</param>
/// <param name="MeanSpend">The base's mean spend at the cutoff.</param>
/// <param name="ChurnBy">How churn is moved, in words; empty where it is not.</param>
internal sealed record BlendCalibration(int HorizonDays, CalibrationCurve? Churn, CalibrationCurve? Spend, double MeanSpend, string ChurnBy)
{
    private const double LeastSpend = 1e-9;

    /// <summary>How far the log-odds of churn are moved.</summary>
    /// <param name="logit">As mixed, at the horizon that was learnt.</param>
    /// <param name="level">By what the level of the base moves log-odds at that day, over the cutoff's.</param>
    public double OfChurn(double logit, double level) => Churn is null ? 0 : Churn.Of(logit - level) - (logit - level);

    /// <summary>How far the log of spend is moved.</summary>
    /// <param name="spend">As mixed and sharpened, at the horizon that was learnt.</param>
    /// <param name="level">Log of the level of spend at that day over the cutoff's.</param>
    public double OfSpend(double spend, double level)
    {
        if (Spend is null)
            return 0;
        double height = Height(spend / MeanSpend) - level;
        return Spend.Of(height) - height;
    }

    /// <summary>Calibrated log-odds of churn as a formula.</summary>
    public Formula Churned(Formula logit, Formula level) => Churn is null ? logit : Churn.Of(logit - level) + level;

    /// <summary>Calibrated spend as a formula.</summary>
    public Formula Spent(Formula spend, Formula level)
    {
        if (Spend is null)
            return spend;
        Formula height = Formula.Log(Formula.Max(spend / MeanSpend, LeastSpend)) - level;
        return spend * Formula.Exp(Spend.Of(height) - height);
    }

    /// <summary>The log of spend in units of the base's mean.</summary>
    public static double Height(double spendOverMean) => Math.Log(Math.Max(spendOverMean, LeastSpend));

    /// <summary>The curves raised so that the base's totals stay as they were said.</summary>
    /// <param name="said">What the blend says of the base at the cutoff, not calibrated.</param>
    /// <param name="horizonDays">Days ahead.</param>
    /// <param name="churn">What past origins teach of churn, and in words.</param>
    /// <param name="spend">What they teach of spend.</param>
    public static BlendCalibration? Hold(Forecast said, int horizonDays, (CalibrationCurve Curve, string By)? churn, CalibrationCurve? spend)
    {
        double total = said.ExpectedSpend.Sum(), mean = total / Math.Max(1, said.Count);
        if (!(mean > 0))
            spend = null;
        if (churn is null && spend is null)
            return null;
        CalibrationCurve? heldChurn = null, heldSpend = null;
        if (churn is { Curve: var curve })
            heldChurn = curve.Raised(Level.LogitShift(Array.ConvertAll(said.ChurnProbability, p => curve.Of(Logit.OfInside(p))), said.ChurnProbability.Sum()));
        if (spend is not null)
            heldSpend = spend.Raised(Math.Log(said.Count / said.ExpectedSpend.Sum(amount => Math.Exp(spend.Of(Height(amount / mean))))));
        return new BlendCalibration(horizonDays, heldChurn, heldSpend, mean, churn?.By ?? "");
    }
}
