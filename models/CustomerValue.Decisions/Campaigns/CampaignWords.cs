using System.Globalization;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>A result in sentences that a manager repeats.</summary>
public static class CampaignWords
{
    /// <summary>The sentences, the most important first.</summary>
    public static IReadOnlyList<string> Of(CampaignResult result)
    {
        List<string> words = [];
        words.AddRange(result.Checks.Where(check => !check.Passed).Select(check => $"Do not believe these figures yet. {check.Words}"));
        if (!result.IsWhole)
            words.Add(F($"This is a look in between, up to {result.End.AddDays(-1):yyyy-MM-dd}; intervals are wide so that looking often does no harm. The whole result comes on {result.ReadyOn:yyyy-MM-dd}."));
        if (result.FalseDiscovery is { } rate)
        {
            words.AddRange(Tests(result, rate));
            return words;
        }
        foreach (FactorEffect effect in result.Factors)
            if (effect.Of("margin") is { PValue: < 0.05 } change)
                words.Add(effect.OtherFactor is null
                    ? F($"{effect.Factor} '{effect.Level}' brings {Math.Abs(change.Difference):0.00} {(change.Difference > 0 ? "more" : "less")} margin a customer than '{effect.Beside}', whatever else is varied ({change.Low:0.00} to {change.High:0.00}).")
                    : F($"{effect.Factor} '{effect.Level}' brings {Math.Abs(change.Difference):0.00} {(change.Difference > 0 ? "more" : "less")} margin a customer where {effect.OtherFactor} is '{effect.OtherLevel}' than where it is '{effect.OtherBeside}' ({change.Low:0.00} to {change.High:0.00})."));
        foreach (ArmResult arm in result.Arms)
        {
            OutcomeEffect margin = arm.Of("margin"), buyers = arm.Of("buyers");
            if (double.IsNaN(margin.Difference))
            {
                words.Add($"'{arm.Arm}' has too few customers to say anything.");
                continue;
            }
            string range = F($"{arm.MarginLow:N0} to {arm.MarginHigh:N0} with {100 * result.Confidence:0.#} % confidence");
            string cost = arm.Cost > 0 ? F($" and cost {arm.Cost:N0}") : "";
            words.Add(margin.Low > 0 ? F($"'{arm.Arm}' brought {arm.IncrementalMargin:N0} more margin than leaving those {arm.Customers:N0} customers alone ({range}){cost}.")
                : margin.High < 0 ? F($"'{arm.Arm}' did harm: {-arm.IncrementalMargin:N0} less margin than leaving those {arm.Customers:N0} customers alone ({range}){cost}. Stop it.")
                : F($"Whether '{arm.Arm}' brought any margin cannot be told: {arm.IncrementalMargin:N0}, and anything from {range} fits{cost}."));
            if (arm.ReturnOnMoney is { } back && margin.Low > 0)
                words.Add(arm.MarginLow > arm.Cost ? F($"It paid: every unit of money came back with {back:N2} on top.")
                    : arm.MarginHigh < arm.Cost ? F($"It did not pay: it cost more than it brought.")
                    : F($"Whether it paid is open: it brought {1 + back:N2} for every unit of money, give or take."));
            if (buyers.IsSeen)
                words.Add(F($"{Math.Abs(arm.IncrementalBuyers):N0} {(arm.IncrementalBuyers > 0 ? "more" : "fewer")} customers bought than would have otherwise{(arm.CostPerBuyer is { } each ? F($", {each:N2} each") : "")}."));
        }
        return words;
    }

    private static IEnumerable<string> Tests(CampaignResult result, double rate)
    {
        if (!result.IsWhole)
        {
            yield return F($"Which of the {result.Arms.Count:N0} tests are real is told when the result is whole.");
            yield break;
        }
        ArmResult[] real = [.. result.Arms.Where(arm => arm.Of("margin").QValue <= rate).OrderByDescending(arm => arm.Of("margin").Difference)];
        yield return real.Length == 0 ? F($"None of the {result.Arms.Count:N0} tests is called real at a false discovery rate of {100 * rate:0.#} %.")
            : F($"{real.Length:N0} of the {result.Arms.Count:N0} tests are called real; at most {100 * rate:0.#} % of such are to be expected to be chance.");
        foreach (ArmResult arm in real)
        {
            double each = arm.Cost / Math.Max(1, arm.Customers);
            OutcomeEffect margin = arm.Of("margin");
            yield return F($"'{arm.Arm}' brings {Math.Abs(margin.Difference):0.00} {(margin.Difference > 0 ? "more" : "less")} margin a customer ({margin.Low:0.00} to {margin.High:0.00}) and costs {each:0.00}.");
        }
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
