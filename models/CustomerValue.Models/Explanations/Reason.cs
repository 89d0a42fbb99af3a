namespace CustomerValue.Models.Explanations;

/// <summary>One reason behind a churn probability.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Value">Its value; null where it is missing.</param>
/// <param name="Contribution">Its exact share of the score, in log-odds of churn; all contributions and the base add up to the score.</param>
/// <param name="Text">The reason in words.</param>
public sealed record Reason(string Feature, double? Value, double Contribution, string Text);
