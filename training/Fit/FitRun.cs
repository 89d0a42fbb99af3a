using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Candidates;
using Severity = CustomerValue.Data.Diagnostics.Severity;

namespace CustomerValue.Training.Fit;

/// <summary>One model as fitted.</summary>
/// <param name="Fit">The fit.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record FittedModel(FitResult<ITransactionModel> Fit, double Seconds)
{
    public string Name => Fit.Model.Name;
}

/// <summary>A fit of one or all models, with Gamma-Gamma spend beside them.</summary>
/// <param name="Sample">The customers.</param>
/// <param name="Models">In the order asked for.</param>
/// <param name="Spend">Gamma-Gamma; null where nobody bought again with money.</param>
/// <param name="Findings">Doubts about the customers.</param>
internal sealed record FitOutcome(FitSample Sample, IReadOnlyList<FittedModel> Models, FitResult<GammaGamma>? Spend, IReadOnlyList<Finding> Findings)
{
    /// <summary>The model of the least AIC.</summary>
    public FittedModel Best => Models.MinBy(model => model.Fit.Aic)!;

    /// <summary>Fits the named models one after the other.</summary>
    public static FitOutcome Of(IReadOnlyList<string> names, FitSample sample, int threads, TimeProvider clock, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        List<FittedModel> models = [];
        foreach (string name in names)
        {
            progress.Report(new StepProgress($"fitting {name}", 0, null, "customers"));
            long started = clock.GetTimestamp();
            FitResult<ITransactionModel> fit = TransactionModels.Fit(name, sample.Histories, new FitOptions { Threads = threads }, cancellation);
            models.Add(new FittedModel(fit, clock.GetElapsedTime(started).TotalSeconds));
            progress.Report(new StepProgress($"fitting {name}", sample.Count, sample.Count, "customers"));
        }
        List<Finding> findings = [.. sample.Findings];
        return new FitOutcome(sample, models, FitSpend(sample, threads, findings, cancellation), findings);
    }

    /// <summary>A doubt of the library as the program shows doubts.</summary>
    public static Finding Shown(FitFinding finding) => FitDoubt.ToFinding(finding);

    private static FitResult<GammaGamma>? FitSpend(FitSample sample, int threads, List<Finding> findings, CancellationToken cancellation)
    {
        List<double> purchases = [], means = [];
        int withoutMoney = 0;
        string example = "";
        for (int row = 0; row < sample.Count; row++)
        {
            double x = sample.Aggregates.X[row], mean = sample.Aggregates.MeanRepeatSpend[row];
            if (x > 0 && mean > 0)
            {
                purchases.Add(x);
                means.Add(mean);
            }
            else if (x > 0 && withoutMoney++ == 0)
                example = FormattableString.Invariant($"'{sample.Aggregates.CustomerId(row)}' with a mean of {mean:0.##}");
        }
        if (withoutMoney > 0)
            findings.Add(new Finding("spend-not-positive", Severity.Information, FormattableString.Invariant($"{withoutMoney} customer(s) with repeat purchases spent 0 or less on them and are left out of gamma-gamma, for example {example}."),
                "Nothing, if free orders are purchases to you; otherwise --zero-amounts ignore."));
        if (purchases.Count > 0)
            return GammaGamma.Fit(purchases.ToArray(), means.ToArray(), new FitOptions { Threads = threads }, cancellation);
        findings.Add(new Finding("no-spend-model", Severity.Warning, "Nobody has a repeat purchase with an amount above 0, so gamma-gamma cannot be fitted.", "Observe for longer."));
        return null;
    }
}
