using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Fits a model with covariates, starting from the fit without.</summary>
internal static class CovariateFit
{
    private const int Plain = 4;

    public static FitResult<CovariateModel> Run(
        PurchaseHistories histories, CustomerCovariates covariates, double effectPenalty, FitResult<ITransactionModel> without, FitOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentOutOfRangeException.ThrowIfNegative(effectPenalty);
        if (covariates.Count != histories.Count)
            throw new ArgumentException($"There are {histories.Count} histories and covariates of {covariates.Count} customers; both are needed for each.", nameof(covariates));
        options = (options ?? new FitOptions()).Checked();
        bool pareto = without.Model is ParetoNbd;
        double scale = CompressedHistories.From(histories).TimeScale;
        (double[] means, double[] deviations) = covariates.Scales();
        List<(double[] Z, IObjective Likelihood)> groups = [];
        foreach ((double[] values, int[] members) in covariates.Groups())
        {
            CompressedHistories rows = CompressedHistories.From(histories, members, scale);
            IObjective likelihood = pareto ? new ParetoNbdLikelihood(rows, options.Threads) : new BetaGeometricLikelihood(rows, 1, false, options.Threads);
            groups.Add(([.. values.Select((value, c) => (value - means[c]) / deviations[c])], likelihood));
        }
        CovariateLikelihood objective = new(groups, Plain, pareto ? 3 : 2, pareto ? -1 : 1, effectPenalty);
        double[] start = new double[objective.Dimension];
        for (int i = 0; i < Plain; i++) start[i] = Math.Log(without.Model.Parameters[i].Value / (IsTime(i) ? scale : 1));
        MaximumLikelihood.Draft draft = MaximumLikelihood.Converge(objective, 1, [start], options, cancellation);
        MaximumLikelihood.Result found = MaximumLikelihood.Polish(objective, draft, true, options, cancellation);

        (double[] theta, double[]? covariance) = Unstandardised(found, means, deviations, pareto ? 3 : 2, pareto ? -1 : 1);
        double[] p = [.. theta.Take(Plain).Select((value, i) => Math.Exp(value) * (IsTime(i) ? scale : 1))];
        ITransactionModel baseline = TransactionModels.Restore(without.Model.Name, without.Model.Parameters.Zip(p).ToDictionary(pair => pair.First.Name, pair => pair.Second));
        CovariateModel model = new(baseline, Effects(Plain, "purchase rate"), Effects(Plain + means.Length, pareto ? "dropout rate" : "odds of leaving at a purchase"));
        double purchases = 0;
        for (int i = 0; i < histories.Count; i++) purchases += histories.X[i] * (histories.Weights.IsEmpty ? 1 : histories.Weights[i]);
        List<FitFinding> findings = [.. without.Findings];
        if (found.Covariance is null)
            findings.Add(new FitFinding("flat-likelihood", FitSeverity.Warning, "The likelihood is flat along some direction of the effects, so standard errors are unknown.",
                "Leave out covariates that say the same, or set an effect penalty such as 1."));
        return new FitResult<CovariateModel>
        {
            Model = model,
            LogLikelihood = found.LogLikelihood + objective.Penalty(found.Theta) - purchases * Math.Log(scale),
            Customers = without.Customers,
            Findings = findings,
            FreeParameters = objective.Dimension,
            Iterations = found.Iterations,
            Converged = found.Converged,
        };

        bool IsTime(int i) => i == 1 || (pareto && i == 3);

        ModelParameter[] Effects(int first, string what) => [.. covariates.Names.Select((name, c) => new ModelParameter(name, theta[first + c],
            covariance is null ? double.NaN : Math.Sqrt(covariance[(first + c) * theta.Length + first + c]), $"a unit of {name} multiplies the {what} by exp({name})"))];
    }

    /// <summary>Effects a unit of the covariates as given, the plain parameters moved to covariates of 0.</summary>
    private static (double[] Theta, double[]? Covariance) Unstandardised(
        MaximumLikelihood.Result found, double[] means, double[] deviations, int dropoutIndex, double dropoutSign)
    {
        int n = found.Theta.Length, covariates = means.Length;
        double[] jacobian = new double[n * n], theta = new double[n];
        for (int i = 0; i < Plain; i++) jacobian[i * n + i] = 1;
        for (int c = 0; c < covariates; c++)
        {
            int purchase = Plain + c, dropout = Plain + covariates + c;
            jacobian[purchase * n + purchase] = jacobian[dropout * n + dropout] = 1 / deviations[c];
            jacobian[1 * n + purchase] = means[c] / deviations[c];
            jacobian[dropoutIndex * n + dropout] = -dropoutSign * means[c] / deviations[c];
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) theta[i] += jacobian[i * n + j] * found.Theta[j];
        return (theta, found.Covariance is null ? null : Sandwich(jacobian, found.Covariance, n));
    }

    private static double[] Sandwich(double[] jacobian, double[] covariance, int n)
    {
        double[] half = new double[n * n], whole = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++) half[i * n + j] += jacobian[i * n + k] * covariance[k * n + j];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++) whole[i * n + j] += half[i * n + k] * jacobian[j * n + k];
        return whole;
    }
}
