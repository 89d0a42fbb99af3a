using CustomerValue.Boosting;

namespace CustomerValue.Models.Tables;

/// <summary>What is to be learnt from a table, and how.</summary>
public sealed record TableInput
{
    /// <summary>The table: delimited text with a header, plain or gzip.</summary>
    public required string File { get; init; }

    /// <summary>Name of the label's column.</summary>
    public required string Label { get; init; }

    /// <summary>Names of columns that are no features.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>What is minimised; null leaves it to the labels.</summary>
    public required Objective? Objective { get; init; }

    /// <summary>Trees, or null to choose them on rows held out.</summary>
    public required int? Rounds { get; init; }

    /// <summary>Share of each step, above 0 to 1, or null for the default.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>Seed of everything drawn by chance.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads to use; results do not depend on it.</summary>
    public required int Threads { get; init; }
}
