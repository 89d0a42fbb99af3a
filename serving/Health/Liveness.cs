namespace CustomerValue.Serving.Health;

/// <summary>Whether the process answers at all.</summary>
/// <param name="Status">Always <c>live</c>.</param>
internal sealed record Liveness(string Status);
