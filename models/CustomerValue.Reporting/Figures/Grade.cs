using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Reporting.Figures;

/// <summary>How far a champion can be trusted, by a rule that is printed with it.</summary>
/// <param name="Letter"><c>A</c>, <c>B</c>, <c>C</c>, <c>do not use</c>, or <c>not measured</c>.</param>
/// <param name="Meaning">What the letter means for whoever uses the scores.</param>
/// <param name="Rule">The rule in a sentence.</param>
/// <param name="Checks">The rule's parts with what was found; the worst of them is the grade.</param>
public sealed record Grade(string Letter, string Meaning, string Rule, IReadOnlyList<GradeCheck> Checks)
{
    private const string DoNotUse = "do not use";
    private const string TheRule = "The grade is the worst that any of these checks allows.";
    private static readonly string[] s_letters = ["A", "B", "C", DoNotUse];

    /// <summary>Grades a measured champion.</summary>
    /// <param name="comparisons">Champion beside the best naive rule.</param>
    /// <param name="champion">The champion's figures.</param>
    /// <param name="findings">All findings; an error forbids use.</param>
    public static Grade Of(IReadOnlyList<TargetComparison> comparisons, CandidateReport champion, IReadOnlyList<Finding> findings)
    {
        int better = comparisons.Count(c => c.Standing == Standing.Better), worse = comparisons.Count(c => c.Standing == Standing.Worse);
        // Without amounts there is no spend to be graded, and two targets are left.
        bool money = comparisons.Count > 0 ? comparisons.Any(c => c.Target == TargetNames.Spend) : double.IsFinite(champion.Spend.Bias) || !double.IsFinite(champion.Purchases.Bias);
        int targets = money ? 3 : 2;
        int errors = findings.Count(finding => finding.Severity == Severity.Error);
        List<GradeCheck> checks =
        [
            Check("targets better than the best naive rule", better, $"{targets}", $"{targets - 1}", "1", better >= targets ? 0 : better == 0 ? 3 : better == targets - 1 ? 1 : 2),
            Check("targets worse than it", worse, "0", "0", "1", worse == 0 ? 0 : worse == 1 ? 2 : 3),
            AtMost("calibration error of churn", champion.Churn.CalibrationError, 0.03, 0.06, 0.12),
            .. money ? [AtMost("bias of total spend, either way", Math.Abs(champion.Spend.Bias), 0.15, 0.30, 0.50)] : Array.Empty<GradeCheck>(),
            Check("findings that forbid use", errors, "0", "0", "0", errors == 0 ? 0 : 3),
        ];
        string letter = s_letters[checks.Max(check => Array.IndexOf(s_letters, check.Allows))];
        return new Grade(letter, MeaningOf(letter, money ? "amounts" : "counts"), TheRule, checks);
    }

    /// <summary>The grade where there is no holdout.</summary>
    public static Grade Unmeasured { get; } = new("not measured", "Choose an earlier cutoff, so that a horizon is left to measure on, before anyone relies on these scores.", TheRule, []);

    private static GradeCheck AtMost(string what, double found, double a, double b, double c) =>
        Check(what, found, Limit(a), Limit(b), Limit(c), found <= a ? 0 : found <= b ? 1 : found <= c ? 2 : 3);

    private static string Limit(double limit) => FormattableString.Invariant($"at most {limit:0.##}");

    private static GradeCheck Check(string what, double found, string a, string b, string c, int grade) => new(what, found, a, b, c, s_letters[grade]);

    private static string MeaningOf(string letter, string sizes) => letter switch
    {
        "A" => $"Rankings and {sizes} can both be relied on.",
        "B" => $"Rankings can be relied on; check {sizes} in sum before budgeting with them.",
        "C" => $"Use rankings with care and {sizes} not at all.",
        _ => "A naive rule does as well or the figures are off: use that rule, or mend what the findings say.",
    };
}

/// <summary>One part of the grading rule.</summary>
/// <param name="What">What is looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="ForA">What an A asks for.</param>
/// <param name="ForB">What a B asks for.</param>
/// <param name="ForC">What a C asks for.</param>
/// <param name="Allows">The best grade this check allows.</param>
public sealed record GradeCheck(string What, double Found, string ForA, string ForB, string ForC, string Allows);
