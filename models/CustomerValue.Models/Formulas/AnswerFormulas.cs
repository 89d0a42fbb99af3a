namespace CustomerValue.Models.Formulas;

/// <summary>What a model answers, as formulas.</summary>
/// <param name="Churn">Probability of no purchase within the horizon.</param>
/// <param name="Purchases">Expected purchase days within it.</param>
/// <param name="Spend">Expected money within it.</param>
public sealed record AnswerFormulas(Formula Churn, Formula Purchases, Formula Spend);
