namespace CustomerValue.Boosting;

/// <summary>What a feature did for a model during training.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Gain">Sum of the gains of its splits.</param>
/// <param name="Cover">Sum of the hessians that passed through its splits.</param>
/// <param name="Splits">Its splits.</param>
public sealed record FeatureImportance(string Feature, double Gain, double Cover, int Splits);

/// <summary>What a feature is worth to a model on given rows.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="LossIncrease">How much the mean loss rises when the feature's values are shuffled among the rows; mean of the repeats.</param>
public sealed record PermutationImportance(string Feature, double LossIncrease);

/// <summary>The mean prediction as one feature is set to a value in every row.</summary>
/// <param name="Value">The value; a level's code where the feature is categorical.</param>
/// <param name="Response">Mean prediction on the scale of the labels.</param>
public readonly record struct PartialDependencePoint(float Value, double Response);
