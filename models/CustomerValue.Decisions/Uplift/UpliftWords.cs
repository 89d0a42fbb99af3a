using System.Globalization;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Decisions.Uplift;

/// <summary>What an uplift report says, in sentences.</summary>
public static class UpliftWords
{
    /// <summary>The sentences, the verdict first.</summary>
    public static IReadOnlyList<string> Of(UpliftReport report)
    {
        List<string> words = [Verdict(report)];
        words.Add(report.Chosen.IsBetterThanRandom
            ? F($"Ordering customers by uplift is better than chance for {string.Join(", ", Better(report.Chosen))}; the {AnswerWords.Of(report.Best)} does it best.")
            : "Ordering customers by uplift is no better than random: what the treatment changes for whom does not show in these columns and this many customers.");
        LearnerFigures response = report.Of("response-propensity");
        words.Add(response.IsBetterThanRandom ? F($"Ordering them by who buys anyway is better than chance, too, for {string.Join(", ", Better(response))}.")
            : F($"Ordering them by who buys anyway (response propensity) is no better than random: Qini {string.Join("; ", response.Arms.Select(arm => Range(arm.Qini, "G3")))}."));
        if (!report.IsRandomised)
            words.Add("Arms were not drawn by chance, so that all of this is only as good as the columns that tell who was treated.");
        return words;
    }

    private static string Verdict(UpliftReport report) => report.Verdict switch
    {
        UpliftVerdict.TargetByIt => F($"Target by it: treating {report.TreatedShare:P0} of customers earns {Range(report.PolicyValue)} a customer, {Range(report.PolicyOverTreatAll)} more than '{report.TreatAllArm}' for everybody."),
        UpliftVerdict.TreatAll => F($"Treat all: '{report.TreatAllArm}' for everybody earns {Range(report.TreatAllValue)} a customer, and choosing whom earns no more that could be shown ({Range(report.PolicyOverTreatAll)})."),
        UpliftVerdict.TreatNobody => F($"Treat nobody: '{report.TreatAllArm}' for everybody loses money ({Range(report.TreatAllValue)} a customer), and choosing whom earns nothing that could be shown ({Range(report.PolicyValue)})."),
        UpliftVerdict.Open => F($"The order is better than chance, but at this cost nothing is shown to pay: choosing earns {Range(report.PolicyValue)} a customer, '{report.TreatAllArm}' for everybody {Range(report.TreatAllValue)}. Measure more customers."),
        _ => F($"No better than random: choosing earns {Range(report.PolicyValue)} a customer, '{report.TreatAllArm}' for everybody {Range(report.TreatAllValue)}; nothing is shown to pay. Measure more customers."),
    };

    private static IEnumerable<string> Better(LearnerFigures learner) => learner.Arms.Where(arm => arm.Qini.Low > 0).Select(arm => F($"'{arm.Arm}' (Qini {Range(arm.Qini, "G3")})"));

    private static string Range(Interval value, string format = "0.####") =>
        $"{value.Estimate.ToString(format, CultureInfo.InvariantCulture)} ({value.Low.ToString(format, CultureInfo.InvariantCulture)} to {value.High.ToString(format, CultureInfo.InvariantCulture)})";

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
