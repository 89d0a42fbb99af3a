namespace CustomerValue.Models.Forecasting;

/// <summary>A candidate that others wrote could not be fitted, or cannot be trusted to serve: the race leaves it out with this reason and goes on.</summary>
/// <param name="reason">Why, as a sentence without a full stop that goes on from "it did not run:".</param>
/// <param name="inner">What went wrong within it, or null.</param>
public sealed class CandidateFailedException(string reason, Exception? inner = null) : Exception(reason, inner);
