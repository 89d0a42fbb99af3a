namespace CustomerValue.Models.Evaluation;

/// <summary>How often an 80 % interval held.</summary>
/// <param name="Group">Which customers.</param>
/// <param name="Customers">How many.</param>
/// <param name="Covered">Share of them inside; .8 is right.</param>
public sealed record GroupCoverage(string Group, int Customers, double Covered);
