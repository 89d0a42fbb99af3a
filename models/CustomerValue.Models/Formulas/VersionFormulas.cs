namespace CustomerValue.Models.Formulas;

/// <summary>The answers of a version's champion as formulas, and the columns they ask for.</summary>
/// <param name="Version">Name of the version.</param>
/// <param name="HorizonDays">Days ahead that are answered.</param>
/// <param name="Answers">The answers, which agree with each other as the version's own do.</param>
/// <param name="Inputs">The columns.</param>
public sealed record VersionFormulas(string Version, int HorizonDays, AnswerFormulas Answers, IReadOnlyList<FormulaInput> Inputs);
