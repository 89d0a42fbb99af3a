namespace CustomerValue.Reporting.Design;

/// <summary>What to know first: a sentence that is repeated, with its figure.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Note">What it is measured by or what to do about it.</param>
/// <param name="Figure">The figure that stays in mind; empty for none.</param>
/// <param name="Kind"><c>good</c>, <c>warn</c>, <c>bad</c>, or empty for a plain fact.</param>
public sealed record Lead(string Sentence, string Note = "", string Figure = "", string Kind = "");
