using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>Finds the shares of a <see cref="Blend"/> on past origins, and the shifts that bring its parts to one level.</summary>
/// <remarks>
/// Level and shape are learnt apart. Shares are learnt on shapes: at each origin every part is moved to the totals that came, so that none wins by the luck of that origin's level. At the cutoff every part
/// is moved to the totals of the <see cref="SeasonalPrior"/>, whose level is forecast; spend to the middle of it and of trees that start from it. By default each family of candidates counts alike (the rhythm of purchases, trees on features, trees from
/// the prior, and every other candidate): a model fitted thrice in variants is one opinion.
/// </remarks>
internal static class BlendLearner
{
    private const double Least = 1e-6;

    /// <summary>Learns from the validation races and, for the shifts, from what the parts say of the population at the cutoff.</summary>
    public static Blend Learn(IReadOnlyList<ICustomerModel> models, TrainingSet training)
    {
        int level = models.ToList().FindIndex(model => model is SeasonalPrior);
        double[] defaults = Defaults(models);
        Seen[] seen = [.. training.Validations.Select(validation => new Seen(models, validation))];
        double[] churn = Stacking.Weights([.. seen.Select(origin => origin.Churn())], defaults, LogLoss);
        double[] purchases = Stacking.Weights([.. seen.Select(origin => origin.Purchases())], defaults, Poisson);
        double families = 1 / defaults.Max();
        double[] withProduct = level < 0 ? defaults : [.. defaults.Select(share => share * families / (families + 1)), 1 / (families + 1)];
        double[] spend = Stacking.Weights([.. seen.Select(origin => origin.Spend(level, purchases))], withProduct, Tweedie);
        BlendPart[] parts = [.. models.Select((model, k) => new BlendPart(model.Name, churn[k], purchases[k], spend[k]))];
        if (level < 0)
            return new Blend(models, parts, 0, training.Level);
        Forecast[] said = [.. models.Select(training.Said.Raw)];
        Shift(parts, models, said, level, training);
        double slope = Sharpening.Learn([.. seen.Select(origin => origin.MixedPurchases(purchases)).OfType<(double[], double[])>()]);
        Blend blend = new(models, parts, spend[^1], training.Level, Sharpen(slope, parts, said, level, spend[^1], training));
        CalibrationCurve? spendBy = CalibrationLearner.Spend([.. seen.Select(origin => origin.MixedSpend(level, purchases, spend, slope)).OfType<CalibrationLearner.Origin>()]);
        (CalibrationCurve, string)? churnBy = CalibrationLearner.Churn([.. seen.Select(origin => origin.MixedChurn(churn)).OfType<CalibrationLearner.Origin>()]);
        return blend.Calibrated(BlendCalibration.Hold(((ICombination)blend).Combine(training.Said), training.Horizon.Days, churnBy, spendBy));
    }

    /// <summary>The slope with the shifts that leave the totals of the population at the cutoff as they are.</summary>
    private static Sharpening Sharpen(double slope, BlendPart[] parts, Forecast[] said, int prior, double product, TrainingSet training)
    {
        Sharpening sharpening = Sharpening.None(training.Horizon) with { Slope = slope, Ceiling = Sharpening.CeilingOf(said[prior].ExpectedPurchases.Sum(), training.Latest.Count) };
        Level now = training.Level.At(training.Latest.Window.Cutoff);
        double purchases = 0, spend = 0, sharpPurchases = 0, sharpSpend = 0;
        for (int i = 0; i < training.Latest.Count; i++)
        {
            double bought = 0, spent = 0;
            for (int k = 0; k < parts.Length; k++)
            {
                bought += parts[k].Purchases * Math.Exp(parts[k].PurchasesShift + (parts[k].MovesWithLevel ? now.Purchases : 0)) * said[k].ExpectedPurchases[i];
                spent += parts[k].Spend * Math.Exp(parts[k].SpendShift + (parts[k].MovesWithLevel ? now.Spend : 0)) * said[k].ExpectedSpend[i];
            }
            if (said[prior].ExpectedPurchases[i] > 0)
                spent += product * bought * said[prior].ExpectedSpend[i] / said[prior].ExpectedPurchases[i];
            double factor = Math.Exp(sharpening.Of(bought, 0));
            (purchases, spend, sharpPurchases, sharpSpend) = (purchases + bought, spend + spent, sharpPurchases + factor * bought, sharpSpend + factor * spent);
        }
        return sharpening with { Purchases = LogRatio(purchases, sharpPurchases), Spend = LogRatio(spend, sharpSpend) };
    }

    /// <summary>How many families candidates are of.</summary>
    public static int Families(IEnumerable<ICustomerModel> models) => models.Select(FamilyOf).Distinct().Count();

    private static double[] Defaults(IReadOnlyList<ICustomerModel> models)
    {
        string[] families = [.. models.Select(FamilyOf)];
        int count = families.Distinct().Count();
        return [.. families.Select(family => 1.0 / count / families.Count(other => other == family))];
    }

    private static string FamilyOf(ICustomerModel model) => model switch
    {
        IPriorModel or SeasonalPrior => "rhythm",
        BoostedModel { FromPrior: true } => "trees from the prior",
        BoostedModel or IFeatureModel => "features",
        _ => model.Name,
    };

    private static void Shift(BlendPart[] parts, IReadOnlyList<ICustomerModel> models, Forecast[] said, int level, TrainingSet training)
    {
        double purchases = said[level].ExpectedPurchases.Sum(), churn = said[level].ChurnProbability.Sum(), spend = SpendOf(models, said);
        for (int k = 0; k < parts.Length; k++)
        {
            Level now = models[k] is IPriorModel ? training.Level.At(training.Latest.Window.Cutoff) : Level.Zero(training.Latest.Window.Cutoff);
            parts[k] = parts[k] with
            {
                MovesWithLevel = models[k] is IPriorModel,
                ChurnShift = k == level ? 0 : Level.LogitShift(Logits(said[k].ChurnProbability), churn) - now.Churn,
                PurchasesShift = k == level ? 0 : LogRatio(purchases, said[k].ExpectedPurchases.Sum()) - now.Purchases,
                SpendShift = LogRatio(spend, said[k].ExpectedSpend.Sum()) - now.Spend,
            };
        }
    }

    /// <summary>What the base is expected to spend: the geometric mean of those who know the level, of whom trees know whose money changed as well.</summary>
    private static double SpendOf(IReadOnlyList<ICustomerModel> models, Forecast[] said)
    {
        double[] totals = [.. said.Where((_, k) => models[k] is SeasonalPrior or BoostedModel { FromPrior: true }).Select(forecast => forecast.ExpectedSpend.Sum())];
        return totals.All(total => total > 0) ? Math.Exp(totals.Average(Math.Log)) : 0;
    }

    private static double LogRatio(double wanted, double found) => wanted > 0 && found > 0 ? Level.Bounded(Math.Log(wanted / found)) : 0;

    private static double[] Logits(double[] probabilities) => Array.ConvertAll(probabilities, Logit.OfInside);

    internal static (double Loss, double Slope) LogLoss(double logit, double away)
    {
        double p = Logit.Probability(logit);
        return (Math.Max(logit, 0) - away * logit + Math.Log(1 + Math.Exp(-Math.Abs(logit))), p - away);
    }

    private static (double, double) Poisson(double mean, double actual)
    {
        double at = Math.Max(mean, Least);
        return (2 * ((actual > 0 ? actual * Math.Log(actual / at) : 0) - actual + at), 2 * (1 - actual / at));
    }

    /// <summary>Tweedie deviance at variance power 1.5, of amounts in units of their mean.</summary>
    internal static (double Loss, double Slope) Tweedie(double mean, double actual)
    {
        double at = Math.Max(mean, Least), root = Math.Sqrt(at);
        return (4 * (root + actual / root - 2 * Math.Sqrt(actual)), 2 / root * (1 - actual / at));
    }

    /// <summary>What the parts said at one validation origin, moved to the totals that came.</summary>
    private sealed class Seen(IReadOnlyList<ICustomerModel> models, Validation validation)
    {
        private readonly Holdout _holdout = new(validation.Snapshot);
        private readonly Forecast?[] _said = [.. models.Select(model => validation.Forecasts.GetValueOrDefault(model.Name))];

        public Stacking.Origin Churn()
        {
            double[] away = Array.ConvertAll(_holdout.Churned.ToArray(), churned => churned ? 1.0 : 0);
            return new Stacking.Origin([.. _said.Select(said => said is null ? null : Moved(Logits(said.ChurnProbability), away.Sum()))], away);
        }

        public Stacking.Origin Purchases() => new(Scaled(said => said.ExpectedPurchases, _holdout.Purchases, 1), _holdout.Purchases.ToArray());

        /// <summary>Purchases as the shares mix those parts that ran, and as they came; null where none ran or nobody bought.</summary>
        public (double[] Mixed, double[] Actual)? MixedPurchases(double[] shares)
        {
            Stacking.Origin origin = Purchases();
            return Mixed(origin, shares) is { } mixed ? (mixed, origin.Actual) : null;
        }

        /// <summary>Log-odds of churn as the shares mix those parts that ran, and who stayed away; null where none ran, or all came or stayed away.</summary>
        public CalibrationLearner.Origin? MixedChurn(double[] shares)
        {
            Stacking.Origin origin = Churn();
            return Mixed(origin, shares) is { } mixed && Array.Exists(origin.Actual, away => away == 0) ? new(mixed, origin.Actual) : null;
        }

        /// <summary>Spend in units of its mean as the shares mix it and the slope takes it apart, and as it came; null where no part ran or nobody spent.</summary>
        public CalibrationLearner.Origin? MixedSpend(int level, double[] purchases, double[] shares, double slope)
        {
            Stacking.Origin origin = Spend(level, purchases);
            if (Mixed(origin, shares) is not { } mixed || MixedPurchases(purchases) is not { } bought)
                return null;
            double[] factors = Sharpening.Factors(bought.Mixed, slope);
            for (int i = 0; i < mixed.Length; i++)
                mixed[i] *= factors[i];
            Scale(mixed, origin.Actual.Sum());
            return new(mixed, origin.Actual);
        }

        /// <summary>The mixture of those parts that ran, by their shares; null where none ran or nothing came.</summary>
        private static double[]? Mixed(Stacking.Origin origin, double[] shares)
        {
            double total = shares.Where((_, k) => origin.Parts[k] is not null).Sum();
            if (!(total > 0) || Array.TrueForAll(origin.Actual, value => value == 0))
                return null;
            double[] mixed = new double[origin.Actual.Length];
            for (int k = 0; k < shares.Length; k++)
                for (int i = 0; origin.Parts[k] is { } part && i < mixed.Length; i++)
                    mixed[i] += shares[k] / total * part[i];
            return mixed;
        }

        /// <summary>In units of the mean, with the product of mixed purchases and the prior's money a purchase as one part more.</summary>
        public Stacking.Origin Spend(int level, double[] shares)
        {
            double[] actual = Array.ConvertAll(_holdout.Spend.ToArray(), spend => Math.Max(spend, 0));
            double mean = actual.Sum() / Math.Max(1, actual.Length), unit = mean > 0 ? mean : 1;
            for (int i = 0; i < actual.Length; i++)
                actual[i] /= unit;
            double[]?[] parts = Scaled(said => said.ExpectedSpend, actual, unit);
            if (level < 0)
                return new Stacking.Origin(parts, actual);
            double[]? product = null;
            if (_said[level] is { } prior)
            {
                double[]?[] purchases = Scaled(said => said.ExpectedPurchases, _holdout.Purchases, 1);
                product = new double[actual.Length];
                for (int i = 0; i < product.Length; i++)
                {
                    for (int k = 0; k < shares.Length; k++)
                        product[i] += purchases[k] is { } part ? shares[k] * part[i] : 0;
                    product[i] *= prior.ExpectedPurchases[i] > 0 ? prior.ExpectedSpend[i] / prior.ExpectedPurchases[i] / unit : 0;
                }
                Scale(product, actual.Sum());
            }
            return new Stacking.Origin([.. parts, product], actual);
        }

        private double[]?[] Scaled(Func<Forecast, double[]> of, ReadOnlySpan<double> actual, double unit)
        {
            double total = 0;
            foreach (double value in actual)
                total += value;
            double[]?[] scaled = new double[]?[_said.Length];
            for (int k = 0; k < scaled.Length; k++)
                if (_said[k] is { } said)
                {
                    scaled[k] = Array.ConvertAll(of(said), value => value / unit);
                    Scale(scaled[k]!, total);
                }
            return scaled;
        }

        private static void Scale(double[] values, double total)
        {
            double sum = values.Sum(), factor = sum > 0 && total > 0 ? total / sum : 1;
            for (int i = 0; i < values.Length; i++)
                values[i] *= factor;
        }

        private static double[] Moved(double[] logits, double total)
        {
            double shift = Level.LogitShift(logits, total);
            for (int i = 0; i < logits.Length; i++)
                logits[i] += shift;
            return logits;
        }
    }
}
