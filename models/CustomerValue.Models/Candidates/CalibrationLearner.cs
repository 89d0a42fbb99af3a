using System.Globalization;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>Chooses on past origins how a blend's forecasts are calibrated: churn by nothing, by one slope in log-odds (Platt 1999) or by isotonic regression over groups (Zadrozny and Elkan 2002); spend by nothing or by decile.</summary>
/// <remarks>
/// Level and shape are learnt apart: at each origin forecasts stand at the totals that came. A way is judged where it has not learnt, on each origin by what the others teach, and the plainer one is kept unless a richer one
/// lowers the loss by more than luck does. What held within one origin need not hold at another, so one alone teaches nothing.
/// </remarks>
internal static class CalibrationLearner
{
    private const int Groups = 20, Deciles = 10, Steps = 12, FewestOrigins = 2;

    /// <summary>How firmly a slope of 1 is believed without evidence, and how much more so with few customers.</summary>
    private const double Pull = 0.05, PullOfFew = 50, LeastSlope = 0.8, MostSlope = 1.5;

    /// <summary>Customers who came out as forecast, as whom each group is seen besides its own; the same of a decile's spend.</summary>
    private const double AsForecast = 20, SpendersAsForecast = 40;

    /// <summary>Share of the forecast itself in groups, so that customers of one group keep their order.</summary>
    private const double Own = 0.05;

    /// <summary>By what share of the loss a richer way must be better.</summary>
    private const double WorthIt = 0.002;

    /// <summary>Log-odds beyond all forecasts.</summary>
    private const double Far = 25;

    /// <summary>Forecasts at one past origin and what came: log-odds of churn and who stayed away, or spend in units of its mean.</summary>
    internal sealed record Origin(double[] Said, double[] Came);

    /// <summary>How churn is moved, and in words; null for not at all.</summary>
    public static (CalibrationCurve Curve, string By)? Churn(IReadOnlyList<Origin> origins)
    {
        if (origins.Count < FewestOrigins)
            return null;
        double slope = Judge(origins, Slope, LogLoss), groups = Judge(origins, Isotonic, LogLoss);
        if (groups < Math.Min(1, slope) - WorthIt)
            return (Isotonic(origins), "by isotonic regression");
        if (slope > 1 - WorthIt)
            return null;
        CalibrationCurve curve = Slope(origins);
        return (curve, string.Create(CultureInfo.InvariantCulture, $"by a slope of {(curve.To[1] - curve.To[0]) / (curve.At[1] - curve.At[0]):0.###} in log-odds"));
    }

    /// <summary>How spend is moved by its height; null for not at all. Deciles lower the deviance and leave the absolute error no higher, or they are not worth it.</summary>
    public static CalibrationCurve? Spend(IReadOnlyList<Origin> origins) =>
        origins.Count >= FewestOrigins && Judge(origins, ByDecile, Tweedie) < 1 - WorthIt && Judge(origins, ByDecile, AbsoluteError) <= 1 ? ByDecile(origins) : null;

    /// <summary>Mean loss over that of forecasts as they are, each time on what was not learnt from.</summary>
    private static double Judge(IReadOnlyList<Origin> origins, Func<IReadOnlyList<Origin>, CalibrationCurve> learn, Func<Origin, CalibrationCurve?, double> loss)
    {
        double[] ratios = [.. origins.Select((origin, k) => loss(origin, learn([.. origins.Where((_, other) => other != k)])) / loss(origin, null))];
        return ratios.All(double.IsFinite) ? ratios.Average() : double.PositiveInfinity;
    }

    private static CalibrationCurve Slope(IReadOnlyList<Origin> origins)
    {
        double[] standards = [.. origins.Select(origin => LogLoss(origin, null))];
        double pull = Pull + PullOfFew / origins.Sum(origin => origin.Said.Length);
        return Straight(Valley.Lowest(LeastSlope, MostSlope, Steps, Loss));

        double Loss(double slope) => origins.Select((origin, k) => standards[k] > 0 ? LogLoss(origin, Straight(slope)) / standards[k] : 1).Average() + pull * Math.Pow(Math.Log(slope), 2);

        static CalibrationCurve Straight(double slope) => new([-Far, Far], [-slope * Far, slope * Far]);
    }

    private static CalibrationCurve Isotonic(IReadOnlyList<Origin> origins) => ByGroup(origins, Groups, group =>
    {
        double stated = group.Sum(one => Logit.Probability(one.Said)) / group.Length;
        return (Logit.Of((group.Sum(one => one.Came) + AsForecast * stated) / (group.Length + AsForecast)), group.Length);
    });

    private static CalibrationCurve ByDecile(IReadOnlyList<Origin> origins) =>
        ByGroup([.. origins.Select(origin => origin with { Said = Array.ConvertAll(origin.Said, BlendCalibration.Height) })], Deciles, group =>
    {
        double said = group.Sum(one => Math.Exp(one.Said)), came = group.Sum(one => one.Came), squares = group.Sum(one => one.Came * one.Came);
        // So many equal spenders would be as sure of their mean: a decile whose money is one customer's says little.
        double spenders = squares > 0 ? came * came / squares : 0, middle = group.Average(one => one.Said);
        return (middle + spenders / (spenders + SpendersAsForecast) * Math.Log((came + said / group.Length) / (said + said / group.Length)), group.Length);
    });

    /// <summary>A curve through groups of equally many, of rising forecasts: falling neighbours become one (pool adjacent violators: Ayer and others 1955), and each keeps a little of its own order.</summary>
    private static CalibrationCurve ByGroup(IReadOnlyList<Origin> origins, int most, Func<(double Said, double Came)[], (double To, double Weight)> of)
    {
        (double Said, double Came)[] all = [.. origins.SelectMany(origin => origin.Said.Zip(origin.Came)).OrderBy(one => one.First).ThenBy(one => one.Second)];
        int count = Math.Clamp(all.Length, 1, most);
        List<double> at = [];
        List<(double To, double Weight, int Knots)> blocks = [];
        for (int g = 0; g < count; g++)
        {
            (double Said, double Came)[] group = all[(int)((long)all.Length * g / count)..(int)((long)all.Length * (g + 1) / count)];
            double middle = group.Average(one => one.Said);
            if (at.Count > 0 && middle <= at[^1])
                continue;
            at.Add(middle);
            (double to, double weight) = of(group);
            int knots = 1;
            while (blocks.Count > 0 && blocks[^1].To >= to)
            {
                (double before, double heavy, int earlier) = blocks[^1];
                (to, weight, knots) = ((to * weight + before * heavy) / (weight + heavy), weight + heavy, knots + earlier);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add((to, weight, knots));
        }
        double[] become = [.. blocks.SelectMany(block => Enumerable.Repeat(block.To, block.Knots))];
        return new CalibrationCurve([.. at], [.. become.Select((to, k) => (1 - Own) * to + Own * at[k])]);
    }

    /// <summary>Mean log loss of calibrated forecasts at the share that stayed away.</summary>
    private static double LogLoss(Origin origin, CalibrationCurve? curve)
    {
        double[] logits = Array.ConvertAll(origin.Said, logit => curve?.Of(logit) ?? logit);
        double shift = Level.LogitShift(logits, origin.Came.Sum()), sum = 0;
        for (int i = 0; i < logits.Length; i++)
            sum += BlendLearner.LogLoss(logits[i] + shift, origin.Came[i]).Loss;
        return sum / logits.Length;
    }

    private static double Tweedie(Origin origin, CalibrationCurve? curve) => AtTotal(origin, curve, (mean, came) => BlendLearner.Tweedie(mean, came).Loss);

    private static double AbsoluteError(Origin origin, CalibrationCurve? curve) => AtTotal(origin, curve, (mean, came) => Math.Abs(mean - came));

    /// <summary>Mean loss of calibrated spend at the total that came.</summary>
    private static double AtTotal(Origin origin, CalibrationCurve? curve, Func<double, double, double> loss)
    {
        double[] means = curve is null ? [.. origin.Said] : Array.ConvertAll(origin.Said, said => Math.Exp(curve.Of(BlendCalibration.Height(said))));
        double total = means.Sum(), factor = total > 0 ? origin.Came.Sum() / total : 1, sum = 0;
        for (int i = 0; i < means.Length; i++)
            sum += loss(factor * means[i], origin.Came[i]);
        return sum / means.Length;
    }
}
