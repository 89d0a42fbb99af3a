using CustomerValue.Boosting;
using Microsoft.ML;

namespace CustomerValue.MLNet.LightGbm;

/// <summary>Boosting from a prior in ML.NET's catalogues of trainers.</summary>
public static class PriorBoostedTreesCatalog
{
    /// <summary>Boosts the correction of a prior's expectation.</summary>
    /// <param name="trainers">ML.NET's catalogue.</param>
    /// <param name="labelColumnName">What is learnt: a Single.</param>
    /// <param name="featureColumnName">A vector of Single; NaN is missing.</param>
    /// <param name="priorColumnName">The prior's expectation of each row, on the label's scale, a Single or a Double; null starts from a constant.</param>
    /// <param name="options">Objective and size; Poisson where null.</param>
    /// <exception cref="ArgumentException">The objective is none that ML.NET's model can hold.</exception>
    public static PriorBoostedTreesEstimator PriorBoostedTrees(this RegressionCatalog.RegressionTrainers trainers, string labelColumnName = "Label", string featureColumnName = "Features", string? priorColumnName = null, BoosterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new(false, labelColumnName, featureColumnName, priorColumnName, options ?? new BoosterOptions { Objective = Objectives.Poisson });
    }

    /// <summary>Boosts the correction of a prior's probability.</summary>
    /// <param name="trainers">ML.NET's catalogue.</param>
    /// <param name="labelColumnName">What is learnt: a Boolean.</param>
    /// <param name="featureColumnName">A vector of Single; NaN is missing.</param>
    /// <param name="priorColumnName">The prior's probability of each row, a Single or a Double; null starts from a constant.</param>
    /// <param name="options">Size; the objective is logistic whatever it says.</param>
    public static PriorBoostedTreesEstimator PriorBoostedTrees(this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, string labelColumnName = "Label", string featureColumnName = "Features", string? priorColumnName = null, BoosterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new(true, labelColumnName, featureColumnName, priorColumnName, (options ?? new BoosterOptions()) with { Objective = Objectives.Logistic });
    }
}
