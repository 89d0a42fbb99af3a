namespace CustomerValue.Data.Diagnostics;

/// <summary>How far a long step has come.</summary>
/// <param name="Phase">What is being done, for example <c>reading orders.csv</c>.</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all, or null while unknown.</param>
/// <param name="Unit">What is counted, for example <c>rows</c>, <c>customers</c>, <c>bytes</c>.</param>
public readonly record struct StepProgress(string Phase, long Done, long? Total, string Unit);
