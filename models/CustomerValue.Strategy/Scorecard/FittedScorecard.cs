using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;

namespace CustomerValue.Strategy.Scorecard;

/// <summary>The two sides of a customer's value.</summary>
public enum ValueBranch
{
    /// <summary>What the customer brings now.</summary>
    Current,

    /// <summary>What the customer can bring.</summary>
    Potential,
}

/// <summary>An indicator of a fitted scorecard.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Branch">Its side.</param>
/// <param name="Weight">Its weight among all indicators of that side, which sum to 1.</param>
public sealed record WeightedIndicator(string Name, ValueBranch Branch, double Weight);

/// <summary>A scorecard with its weights and score curves: scores one customer as it scores a million, and gives the same after it was saved.</summary>
public sealed class FittedScorecard
{
    private readonly ScorecardState _state;

    internal FittedScorecard(ScorecardState state, IReadOnlyList<Finding> findings)
    {
        _state = state;
        Findings = findings;
        Indicators = [.. state.Indicators.Select(indicator => new WeightedIndicator(indicator.Name, indicator.Branch, indicator.Weight))];
    }

    /// <summary>Name of the scorecard.</summary>
    public string Name => _state.Name;

    /// <summary>Weight of current value in the index; that of potential value is the rest to 1.</summary>
    public double CurrentWeight => _state.CurrentWeight;

    /// <summary>All indicators with their weights, in the order of contributions.</summary>
    public IReadOnlyList<WeightedIndicator> Indicators { get; }

    /// <summary>Doubts met while fitting; empty after loading.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    internal ScorecardState State => _state;

    /// <summary>Scores customers. An indicator that is missing is left out, and the others of its side weigh more.</summary>
    public ScorecardResult Score(IndicatorTable table) => ScorecardResult.Compute(this, table);

    /// <summary>The fitted scorecard as text, to be kept with a model's version.</summary>
    public string ToJson() => JsonSerializer.Serialize(_state, StoreJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="BadDataException">The text is not a fitted scorecard.</exception>
    public static FittedScorecard FromJson(string json, string source)
    {
        ScorecardState? state;
        try
        {
            state = JsonSerializer.Deserialize<ScorecardState>(json, StoreJson.Options);
        }
        catch (JsonException exception)
        {
            throw new BadDataException($"{source}: found text that is not a fitted scorecard ({exception.Message}), expected one; save it again.", exception);
        }
        return state?.IsSound() == true ? new FittedScorecard(state, [])
            : throw new BadDataException($"{source}: found a fitted scorecard whose weights or curves are damaged, expected weights that sum to 1 and rising curves within 0 and 1; save it again.");
    }
}
