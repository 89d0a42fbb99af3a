namespace CustomerValue.BuyTillYouDie;

/// <summary>A Pareto/NBD or BG/NBD whose customers differ by what is known of them: covariates shift purchase rate and dropout.</summary>
/// <remarks>
/// Fader and Hardie (2007), Incorporating Time-Invariant Covariates into the Pareto/NBD and BG/NBD Models: alpha becomes
/// alpha exp(-effect z) in both, and beta becomes beta exp(-effect z) in the Pareto/NBD. In the BG/NBD a becomes a exp(effect z), one
/// effect on the odds a / b of leaving, where the note lets a and b move separately.
/// </remarks>
public sealed class CovariateModel
{
    /// <summary>Creates the model from its parts.</summary>
    /// <param name="baseline">The model of a customer whose covariates are all 0: a <see cref="ParetoNbd"/> or <see cref="BgNbd"/>.</param>
    /// <param name="purchaseEffects">For each covariate: a unit multiplies the purchase rate by exp(effect).</param>
    /// <param name="dropoutEffects">For each covariate: a unit multiplies the dropout rate (Pareto/NBD) or the odds of leaving at a purchase (BG/NBD) by exp(effect).</param>
    /// <exception cref="ArgumentException">The baseline is of another kind, or the effects differ in number.</exception>
    public CovariateModel(ITransactionModel baseline, IReadOnlyList<ModelParameter> purchaseEffects, IReadOnlyList<ModelParameter> dropoutEffects)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(purchaseEffects);
        ArgumentNullException.ThrowIfNull(dropoutEffects);
        if (baseline is not (ParetoNbd or BgNbd))
            throw new ArgumentException($"Covariates go with pareto-nbd and bg-nbd; found {baseline.Name}.", nameof(baseline));
        if (purchaseEffects.Count != dropoutEffects.Count)
            throw new ArgumentException($"There are {purchaseEffects.Count} effects on purchases and {dropoutEffects.Count} on dropout; each covariate has one of both.", nameof(dropoutEffects));
        (Baseline, PurchaseEffects, DropoutEffects) = (baseline, purchaseEffects, dropoutEffects);
    }

    /// <summary>The model of a customer whose covariates are all 0.</summary>
    public ITransactionModel Baseline { get; }

    /// <summary>Effects on the purchase rate, by covariate.</summary>
    public IReadOnlyList<ModelParameter> PurchaseEffects { get; }

    /// <summary>Effects on dropout, by covariate.</summary>
    public IReadOnlyList<ModelParameter> DropoutEffects { get; }

    /// <summary>The transaction model of customers with the given covariates; ask it for every prediction.</summary>
    /// <param name="covariates">Values in the order of the effects.</param>
    /// <exception cref="ArgumentException">There are not as many values as effects.</exception>
    public ITransactionModel For(params ReadOnlySpan<double> covariates)
    {
        if (covariates.Length != PurchaseEffects.Count)
            throw new ArgumentException($"There are {covariates.Length} values for {PurchaseEffects.Count} covariates.", nameof(covariates));
        double purchases = 0, dropout = 0;
        for (int c = 0; c < covariates.Length; c++)
        {
            purchases += PurchaseEffects[c].Value * covariates[c];
            dropout += DropoutEffects[c].Value * covariates[c];
        }
        return Baseline switch
        {
            ParetoNbd pareto => new ParetoNbd(pareto.R, pareto.Alpha * Math.Exp(-purchases), pareto.S, pareto.Beta * Math.Exp(-dropout)),
            BgNbd bg => new BgNbd(bg.R, bg.Alpha * Math.Exp(-purchases), bg.A * Math.Exp(dropout), bg.B),
            _ => throw new InvalidOperationException($"Covariates do not go with {Baseline.Name}."),
        };
    }

    /// <summary>Fits a Pareto/NBD with covariates by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="covariates">What is known of each, in the same order.</param>
    /// <param name="effectPenalty">Strength of an L2 penalty on the effects of standardised covariates, in log-likelihood units; 0 or more.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<CovariateModel> FitParetoNbd(
        PurchaseHistories histories, CustomerCovariates covariates, double effectPenalty = 0, FitOptions? options = null, CancellationToken cancellation = default) =>
        CovariateFit.Run(histories, covariates, effectPenalty, ParetoNbd.Fit(histories, options, cancellation).As<ITransactionModel>(), options, cancellation);

    /// <summary>Fits a BG/NBD with covariates by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="covariates">What is known of each, in the same order.</param>
    /// <param name="effectPenalty">Strength of an L2 penalty on the effects of standardised covariates, in log-likelihood units; 0 or more.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<CovariateModel> FitBgNbd(
        PurchaseHistories histories, CustomerCovariates covariates, double effectPenalty = 0, FitOptions? options = null, CancellationToken cancellation = default) =>
        CovariateFit.Run(histories, covariates, effectPenalty, BgNbd.Fit(histories, options, cancellation).As<ITransactionModel>(), options, cancellation);
}
