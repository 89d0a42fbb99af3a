using CustomerValue.BuyTillYouDie;

namespace CustomerValue.Training.Fit;

/// <summary>A model tested against a more general one that contains it.</summary>
/// <param name="Restricted">The special case.</param>
/// <param name="General">The model that contains it.</param>
/// <param name="Test">The likelihood-ratio test.</param>
internal sealed record NestedTest(string Restricted, string General, LikelihoodRatio Test);

/// <summary>Which transaction model is a special case of which.</summary>
internal static class NestedModels
{
    private static readonly (string Restricted, string General)[] s_pairs =
    [
        ("nbd", "bg-nbd"), ("nbd", "mbg-nbd"), ("nbd", "pareto-nbd"), ("bg-nbd", "bg-cnbd-k"), ("mbg-nbd", "mbg-cnbd-k"), ("pareto-nbd", "ggompertz-nbd"),
    ];

    /// <summary>The tests of the pairs that were fitted; a pair whose general model has taken the form of the special case (k = 1) has none.</summary>
    public static IReadOnlyList<NestedTest> Tests(IReadOnlyList<FittedModel> models)
    {
        Dictionary<string, FitResult<ITransactionModel>> fits = models.ToDictionary(model => model.Name, model => model.Fit);
        return [.. s_pairs.Where(pair => fits.ContainsKey(pair.Restricted) && fits.ContainsKey(pair.General) && fits[pair.General].FreeParameters > fits[pair.Restricted].FreeParameters)
            .Select(pair => new NestedTest(pair.Restricted, pair.General, ModelComparison.Test(fits[pair.Restricted], fits[pair.General])))];
    }
}
