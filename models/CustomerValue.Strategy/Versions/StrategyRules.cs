using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Influence;

namespace CustomerValue.Strategy.Versions;

/// <summary>The house's rules as a JSON file holds them: <c>strategy</c>, <c>influence</c>, <c>category_margins</c>, each with defaults for what it leaves out.</summary>
public sealed record StrategyRules
{
    private static readonly JsonSerializerOptions s_strict = new(StoreJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>How lines are drawn, when labels move, how the budget is shared.</summary>
    public StrategyOptions Strategy { get; init; } = new();

    /// <summary>How value flows over referrals.</summary>
    public InfluenceOptions Influence { get; init; } = new();

    /// <summary>Margin as a share of spend by category, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> CategoryMargins { get; init; } = new Dictionary<string, double>();

    /// <summary>Reads a file of rules.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadDataException">The file cannot be read, is no such JSON, holds an unknown name, or a value outside its range.</exception>
    public static StrategyRules Read(string path)
    {
        try
        {
            StrategyRules rules = JsonSerializer.Deserialize<StrategyRules>(File.ReadAllBytes(path), s_strict)
                ?? throw new BadDataException($"{path}: found null, expected an object such as {{ \"strategy\": {{ \"share_of_value\": 0.8 }} }}.");
            string[] problems = [.. rules.Problems()];
            return problems.Length == 0 ? rules : throw new BadDataException($"{path}: {string.Join(' ', problems)} Correct the file.");
        }
        catch (JsonException error)
        {
            throw new BadDataException($"{path} line {error.LineNumber + 1}: found rules that cannot be understood ({error.Message}), expected an object such as {{ \"strategy\": {{ \"share_of_value\": 0.8 }} }}. Correct the file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: found no readable file ({error.Message}), expected rules of strategy; check the path and its rights.", error);
        }
    }

    private IEnumerable<string> Problems()
    {
        foreach (string problem in Strategy.Validate())
            yield return problem;
        List<ValidationResult> results = [];
        if (!Validator.TryValidateObject(Influence, new ValidationContext(Influence), results, validateAllProperties: true))
            foreach (ValidationResult result in results)
                yield return result.ErrorMessage!;
        foreach ((string category, double rate) in CategoryMargins)
            if (rate is not (>= 0 and <= 1))
                yield return FormattableString.Invariant($"The margin of category '{category}' is {rate}, expected a share from 0 to 1.");
    }
}
