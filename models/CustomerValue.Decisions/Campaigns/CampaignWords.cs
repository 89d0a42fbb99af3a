using System.Globalization;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>A result in sentences that a manager repeats.</summary>
public static class CampaignWords
{
    /// <summary>The invariant culture, with a minus that is no hyphen.</summary>
    private static readonly CultureInfo s_words = new("") { NumberFormat = { NegativeSign = "−" } };

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
                    ? F($"{effect.Factor} '{effect.Level}' brings {Math.Abs(change.Difference):0.00} {(change.Difference > 0 ? "more" : "less")} margin a customer than '{effect.Beside}', whatever else is varied (between {change.Low:0.00} and {change.High:0.00}).")
                    : F($"{effect.Factor} '{effect.Level}' brings {Math.Abs(change.Difference):0.00} {(change.Difference > 0 ? "more" : "less")} margin a customer where {effect.OtherFactor} is '{effect.OtherLevel}' than where it is '{effect.OtherBeside}' (between {change.Low:0.00} and {change.High:0.00})."));
        foreach (ArmResult arm in result.Arms)
        {
            OutcomeEffect margin = arm.Of("margin"), buyers = arm.Of("buyers");
            if (double.IsNaN(margin.Difference))
            {
                words.Add($"'{arm.Arm}' has too few customers to say anything.");
                continue;
            }
            string range = F($"between {arm.MarginLow:N0} and {arm.MarginHigh:N0} with {100 * result.Confidence:0.#} % confidence");
            string cost = arm.Cost > 0 ? F($"; it cost {arm.Cost:N0}") : "";
            words.Add(margin.Low > 0 ? F($"'{arm.Arm}' brought {arm.IncrementalMargin:N0} more margin than leaving those {arm.Customers:N0} customers alone ({range}){cost}.")
                : margin.High < 0 ? F($"'{arm.Arm}' did harm: {-arm.IncrementalMargin:N0} less margin than leaving those {arm.Customers:N0} customers alone ({range}){cost}. Stop it.")
                : F($"Whether '{arm.Arm}' brought any margin cannot be told: {arm.IncrementalMargin:N0}, and anything {range} fits{cost}."));
            if (arm.ReturnOnMoney is { } back && margin.Low > 0)
                words.Add(arm.MarginLow > arm.Cost ? F($"It paid: every unit of money came back with {back:N2} on top.")
                    : arm.MarginHigh < arm.Cost ? F($"It did not pay: it cost more than it brought.")
                    : F($"Whether it paid is open: it brought {1 + back:N2} for every unit of money, give or take."));
            if (buyers.IsSeen)
                words.Add(F($"{Math.Abs(arm.IncrementalBuyers):N0} {(arm.IncrementalBuyers > 0 ? "more" : "fewer")} customers bought than would have otherwise{(arm.CostPerBuyer is { } each ? F($", {each:N2} each") : "")}."));
        }
        return words;
    }

    /// <summary>The sentences in a language, the most important first.</summary>
    public static IReadOnlyList<string> Of(CampaignResult result, Language language) => language == Language.Chinese ? [.. Chinese(result)] : Of(result);

    /// <summary>A check in Chinese.</summary>
    public static string InChinese(CampaignCheck check) => (check.Check, check.Passed) switch
    {
        ("sample-ratio", true) => "各组人数与抽取时一致。",
        ("sample-ratio", false) => "某些组缺失的客户多于其他组，因此各组不可比较；请查明谁被移除及原因。",
        ("before-the-start", true) => "开始之前，实验组与对照组的消费相近。",
        ("before-the-start", false) => "开始之前，实验组与对照组的差异已超出偶然范围；现在的差异未必由活动带来。",
        ("contamination", true) => "对照组未被接触。",
        _ => "对照组的客户被接触过，因此活动看起来比实际弱；名单请勿交给执行接触的人。",
    };

    private static IEnumerable<string> Chinese(CampaignResult result)
    {
        foreach (CampaignCheck check in result.Checks.Where(check => !check.Passed))
            yield return $"这些数字暂不可信。{InChinese(check)}";
        if (!result.IsWhole)
            yield return F($"这是截至 {result.End.AddDays(-1):yyyy-MM-dd} 的阶段结果；区间较宽，多次查看也无妨。完整结果于 {result.ReadyOn:yyyy-MM-dd} 可得。");
        if (result.FalseDiscovery is { } rate)
        {
            ArmResult[] real = [.. result.Arms.Where(arm => arm.Of("margin").QValue <= rate).OrderByDescending(arm => arm.Of("margin").Difference)];
            yield return !result.IsWhole ? F($"{result.Arms.Count:N0} 项测试中哪些真实，待结果完整后可知。")
                : F($"{result.Arms.Count:N0} 项测试中有 {real.Length:N0} 项判定为真实；其中预期至多 {100 * rate:0.#} % 出于偶然。");
            foreach (ArmResult arm in result.IsWhole ? real : [])
                yield return F($"“{arm.Arm}”使每位客户的毛利{(arm.Of("margin").Difference > 0 ? "增加" : "减少")} {Math.Abs(arm.Of("margin").Difference):0.00}（{arm.Of("margin").Low:0.00} 至 {arm.Of("margin").High:0.00}），成本 {arm.Cost / Math.Max(1, arm.Customers):0.00}。");
            yield break;
        }
        foreach (FactorEffect effect in result.Factors)
            if (effect.Of("margin") is { PValue: < 0.05 } change)
                yield return effect.OtherFactor is null
                    ? F($"{effect.Factor}“{effect.Level}”与“{effect.Beside}”相比，每位客户毛利{(change.Difference > 0 ? "多" : "少")} {Math.Abs(change.Difference):0.00}，与其他因素无关（{change.Low:0.00} 至 {change.High:0.00}）。")
                    : F($"{effect.OtherFactor}为“{effect.OtherLevel}”时，{effect.Factor}“{effect.Level}”每位客户带来的毛利比为“{effect.OtherBeside}”时{(change.Difference > 0 ? "多" : "少")} {Math.Abs(change.Difference):0.00}（{change.Low:0.00} 至 {change.High:0.00}）。");
        foreach (ArmResult arm in result.Arms)
        {
            OutcomeEffect margin = arm.Of("margin"), buyers = arm.Of("buyers");
            if (double.IsNaN(margin.Difference))
            {
                yield return $"“{arm.Arm}”的客户太少，无法得出结论。";
                continue;
            }
            string range = F($"{100 * result.Confidence:0.#} % 置信区间 {arm.MarginLow:N0} 至 {arm.MarginHigh:N0}"), cost = arm.Cost > 0 ? F($"，成本 {arm.Cost:N0}") : "";
            yield return margin.Low > 0 ? F($"“{arm.Arm}”比不接触这 {arm.Customers:N0} 位客户多带来毛利 {arm.IncrementalMargin:N0}（{range}）{cost}。")
                : margin.High < 0 ? F($"“{arm.Arm}”有害：比不接触这 {arm.Customers:N0} 位客户少毛利 {-arm.IncrementalMargin:N0}（{range}）{cost}。请停止。")
                : F($"“{arm.Arm}”是否带来毛利无法判断：{arm.IncrementalMargin:N0}（{range}）{cost}。");
            if (arm.ReturnOnMoney is { } back && margin.Low > 0)
                yield return arm.MarginLow > arm.Cost ? F($"已收回成本：每投入 1 元另赚 {back:N2} 元。")
                    : arm.MarginHigh < arm.Cost ? "未收回成本：花费多于所得。"
                    : F($"是否收回成本尚不确定：每投入 1 元约带来 {1 + back:N2} 元。");
            if (buyers.IsSeen)
                yield return F($"购买的客户比原本{(arm.IncrementalBuyers > 0 ? "多" : "少")} {Math.Abs(arm.IncrementalBuyers):N0} 位{(arm.CostPerBuyer is { } each ? F($"，每位 {each:N2}") : "")}。");
        }
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

    private static string F(FormattableString text) => text.ToString(s_words);
}
