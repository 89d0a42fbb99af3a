using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Fits the BG/NBD family.</summary>
internal static class BetaGeometricFit
{
    /// <summary>Fits with a given k.</summary>
    public static FitResult<TModel> Run<TModel>(
        PurchaseHistories histories, FitOptions? options, int k, bool dropAtFirst, Func<double[], double[]?, TModel> build, CancellationToken cancellation)
        where TModel : BetaGeometricModel
    {
        TransactionFit fit = new(histories, options, (rows, threads) => new BetaGeometricLikelihood(rows, k, dropAtFirst, threads), cancellation);
        return Finish(fit, fit.Run(Starts(fit.All, k)), k, build);
    }

    /// <summary>Fits with the k from 1 to <paramref name="largest"/> under which the histories are most likely.</summary>
    public static FitResult<TModel> Search<TModel>(
        PurchaseHistories histories, FitOptions? options, int largest, bool dropAtFirst, Func<double[], double[]?, int, TModel> build, CancellationToken cancellation)
        where TModel : BetaGeometricModel
    {
        int k = 1, bestK = 1;
        TransactionFit fit = new(histories, options, (rows, threads) => new BetaGeometricLikelihood(rows, k, dropAtFirst, threads), cancellation);
        MaximumLikelihood.Draft? best = null;
        for (; k <= largest; k++)
        {
            double[][] starts = best is null ? Starts(fit.All, k) : [Regular(best.Optimum.Theta, bestK, k), .. Starts(fit.All, k)];
            MaximumLikelihood.Draft draft = fit.Draft(starts);
            if (best is not null && draft.Optimum.Value <= best.Optimum.Value) break;
            (best, bestK) = (draft, k);
        }
        k = bestK;
        return Finish(fit, fit.Polish(best!), bestK, (p, covariance) => build(p, covariance, bestK));
    }

    private static FitResult<TModel> Finish<TModel>(TransactionFit fit, MaximumLikelihood.Result found, int k, Func<double[], double[]?, TModel> build)
        where TModel : BetaGeometricModel
    {
        double[] p = [.. found.Theta.Select(Math.Exp)];
        List<FitFinding> findings = [.. fit.Findings, .. DegeneracyFindings.OfRates(p[0]), .. DegeneracyFindings.OfDropoutAtPurchase(p[2], p[3])];
        p[1] *= fit.All.TimeScale;
        return fit.Result(build(p, found.Covariance), found, k, findings);
    }

    /// <summary>Logarithms of starting points, the scale of the rates matched to the observed mean rate.</summary>
    private static double[][] Starts(CompressedHistories rows, int k)
    {
        double rate = 1.5 * k * Math.Max(rows.TotalPurchases, 0.5) / rows.TotalWeight;
        double[][] shapes = [[0.5, 1, 3], [1, 0.2, 4], [0.3, 0.5, 0.5], [2, 2, 20]];
        return [.. shapes.Select(s => new[] { Math.Log(s[0]), Math.Log(s[0] / rate), Math.Log(s[1]), Math.Log(s[2]) })];
    }

    /// <summary>Carries an optimum over to another k: the same mean rate of purchases.</summary>
    private static double[] Regular(double[] theta, int from, int to) => [theta[0], theta[1] + Math.Log((double)from / to), theta[2], theta[3]];
}
