using System.Text.Json.Serialization;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Decisions.Uplift;

/// <summary>What is to be done with an uplift model.</summary>
public enum UpliftVerdict
{
    /// <summary>Treat by the model: it earns more than treating everybody and than treating nobody.</summary>
    TargetByIt,

    /// <summary>Treat everybody: it pays, and choosing earns no more that could be shown.</summary>
    TreatAll,

    /// <summary>Treat nobody: contacts cost more than they bring, and choosing earns nothing that could be shown.</summary>
    TreatNobody,

    /// <summary>The model orders customers no better than chance, and whether treating everybody pays is open.</summary>
    NoBetterThanRandom,

    /// <summary>The model orders customers better than chance, but whether treating anybody pays at this cost is open.</summary>
    Open,
}

/// <summary>How well an experiment tells customers apart by what a treatment changes. Everything is measured on rows that the models had not seen; intervals are 95 % bootstrap intervals.</summary>
public sealed record UpliftReport
{
    /// <summary>What the outcome is.</summary>
    public required UpliftOutcome Outcome { get; init; }

    /// <summary>Customers by arm, control first.</summary>
    public required IReadOnlyList<ArmSize> Arms { get; init; }

    /// <summary>Folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Money a unit of the outcome is worth.</summary>
    public required double OutcomeValue { get; init; }

    /// <summary>Whether arms look drawn by chance; where not, they are weighed by estimated probabilities.</summary>
    public required bool IsRandomised { get; init; }

    /// <summary>Area under the curve of arm against control, predicted from the features; .5 where drawn by chance. One for each treated arm.</summary>
    public required IReadOnlyList<double> AssignmentAuc { get; init; }

    /// <summary>The learners tried, and first of all <c>chosen</c>: in each fold the learner that did best in the others. Last, <c>response-propensity</c>: who buys anyway.</summary>
    public required IReadOnlyList<LearnerFigures> Learners { get; init; }

    /// <summary>The learner that does best over all folds.</summary>
    public required UpliftLearner Best { get; init; }

    /// <summary>Mean effect of each treated arm, in units of the outcome, doubly robust.</summary>
    public required IReadOnlyList<ArmEffect> Effects { get; init; }

    /// <summary>Money a customer by treating those the chosen learner says, beside treating nobody.</summary>
    public required Interval PolicyValue { get; init; }

    /// <summary>Money a customer by giving everybody the arm that pays best, beside treating nobody.</summary>
    public required Interval TreatAllValue { get; init; }

    /// <summary>The arm that everybody would get.</summary>
    public required string TreatAllArm { get; init; }

    /// <summary>The first less the second.</summary>
    public required Interval PolicyOverTreatAll { get; init; }

    /// <summary>Share of customers whom the chosen learner treats.</summary>
    public required double TreatedShare { get; init; }

    /// <summary>Tenths by the chosen learner's uplift, for each treated arm, highest first.</summary>
    public required IReadOnlyList<UpliftDecile> Deciles { get; init; }

    /// <summary>What to do.</summary>
    public required UpliftVerdict Verdict { get; init; }

    /// <summary>Figures of the honest choice among learners.</summary>
    [JsonIgnore] public LearnerFigures Chosen => Learners[0];

    /// <summary>Figures of a learner.</summary>
    /// <param name="name">As in <see cref="LearnerFigures.Learner"/>.</param>
    public LearnerFigures Of(string name) => Learners.Single(one => one.Learner == name);
}

/// <summary>An arm of an experiment.</summary>
/// <param name="Arm">Its name.</param>
/// <param name="Customers">Customers.</param>
/// <param name="Mean">Mean outcome.</param>
/// <param name="ContactCost">What a contact costs; money, 0 for control.</param>
public sealed record ArmSize(string Arm, int Customers, double Mean, double ContactCost);

/// <summary>Mean effect of an arm.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Effect">Outcome a customer beyond control.</param>
public sealed record ArmEffect(string Arm, Interval Effect);

/// <summary>A learner's figures.</summary>
/// <param name="Learner"><c>chosen</c>, a learner's name or <c>response-propensity</c>.</param>
/// <param name="Arms">Figures for each treated arm.</param>
public sealed record LearnerFigures(string Learner, IReadOnlyList<ArmFigures> Arms)
{
    /// <summary>Whether its order of customers is shown to be better than chance for some arm.</summary>
    [JsonIgnore] public bool IsBetterThanRandom => Arms.Any(arm => arm.Qini.Low > 0);
}

/// <summary>How well a learner orders customers by the uplift of one arm; docs/uplift.md defines each figure.</summary>
public sealed record ArmFigures
{
    /// <summary>The arm.</summary>
    public required string Arm { get; init; }

    /// <summary>Area between the uplift curve and that of treating by chance; outcome per treated customer.</summary>
    public required Interval Qini { get; init; }

    /// <summary>Area under the uplift curve.</summary>
    public required Interval Auuc { get; init; }

    /// <summary>Uplift among the tenth of highest scores.</summary>
    public required Interval At10 { get; init; }

    /// <summary>Among the fifth.</summary>
    public required Interval At20 { get; init; }

    /// <summary>Among three tenths.</summary>
    public required Interval At30 { get; init; }

    /// <summary>Among the half.</summary>
    public required Interval At50 { get; init; }

    /// <summary>By how much real uplift differs where predicted uplift differs by 1: 1 is calibrated, 0 tells nothing; not stated for response propensity.</summary>
    public required Interval? Slope { get; init; }
}

/// <summary>A tenth of the customers by predicted uplift.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Number">1 for the highest.</param>
/// <param name="Customers">Customers.</param>
/// <param name="Predicted">Mean prediction, calibrated on the other folds.</param>
/// <param name="Seen">Mean doubly robust effect.</param>
public sealed record UpliftDecile(string Arm, int Number, int Customers, double Predicted, Interval Seen);
