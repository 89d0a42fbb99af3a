using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Strategy.Values;

/// <summary>Margins where transactions carry none. What transactions say (a margin column, then unit costs) always goes first, categories next, the default last.</summary>
public sealed record MarginOptions
{
    /// <summary>Margin as a share of spend where nothing better is known, not even margins of other customers. Default 1 (value is revenue); allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double DefaultRate { get; init; } = 1;

    /// <summary>Margin as a share of spend by category name; categories not named take <see cref="DefaultRate"/>. Default empty.</summary>
    public IReadOnlyDictionary<string, double> CategoryRates { get; init; } = new Dictionary<string, double>();
}
