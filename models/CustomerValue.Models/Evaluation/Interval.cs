namespace CustomerValue.Models.Evaluation;

/// <summary>An estimate with its 95 % bootstrap interval.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Interval(double Estimate, double Low, double High);
