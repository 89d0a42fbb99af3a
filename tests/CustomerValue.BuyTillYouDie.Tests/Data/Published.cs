namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>Compares a fit with a published one.</summary>
internal static class Published
{
    /// <summary>Parameters agree to 1e-3, or, where the likelihood is too flat for that, the published ones are no likelier.</summary>
    public static void ShouldMatch(FitResult<ITransactionModel> fit, PurchaseHistories histories, double logLikelihood, double[] parameters)
    {
        fit.LogLikelihood.Should().BeApproximately(logLikelihood, 0.01);
        ITransactionModel published = TransactionModels.Restore(fit.Model.Name,
            fit.Model.Parameters.Zip(parameters).ToDictionary(pair => pair.First.Name, pair => pair.Second));
        bool close = fit.Model.Parameters.Zip(parameters).All(pair => Math.Abs(pair.First.Value / pair.Second - 1) < 1e-3);
        (close || published.LogLikelihood(histories) < fit.LogLikelihood).Should()
            .BeTrue($"{fit.Model} lies within 1e-3 of, or above, the published optimum {string.Join(" ", parameters)}");
        for (int i = 0; i < parameters.Length; i++)
            fit.Model.Parameters[i].Value.Should().BeApproximately(parameters[i], 2e-3 * parameters[i], fit.Model.Parameters[i].Name);
    }
}
