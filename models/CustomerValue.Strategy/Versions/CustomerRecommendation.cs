using CustomerValue.Models.Answers;
using CustomerValue.Models.Explanations;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy.Versions;

/// <summary>What one customer is worth, and what to do; files and calls say it with these names.</summary>
public sealed record CustomerRecommendation
{
    /// <summary>The columns of files, in order.</summary>
    public static AnswerTable<CustomerRecommendation> Table { get; } = new(
        new("customer_id", (csv, row) => csv.Text(row.CustomerId)),
        new("as_of", (csv, row) => csv.Day(row.AsOf)),
        new("realised_value", (csv, row) => csv.Number(row.RealisedValue)),
        new("current_value", (csv, row) => csv.Number(row.CurrentValue)),
        new("potential_value", (csv, row) => csv.Number(row.PotentialValue)),
        new("potential_p10", (csv, row) => csv.Number(row.PotentialP10)),
        new("potential_p90", (csv, row) => csv.Number(row.PotentialP90)),
        new("influence_value", (csv, row) => csv.Number(row.InfluenceValue)),
        new("total_value", (csv, row) => csv.Number(row.TotalValue)),
        new("headroom", (csv, row) => csv.Number(row.Headroom)),
        new("churn_probability", (csv, row) => csv.Number(row.ChurnProbability)),
        new("cost_to_serve", (csv, row) => csv.Number(row.CostToServe)),
        new("current_index", (csv, row) => csv.Number(row.CurrentIndex)),
        new("potential_index", (csv, row) => csv.Number(row.PotentialIndex)),
        new("value_index", (csv, row) => csv.Number(row.ValueIndex)),
        new("quadrant", (csv, row) => csv.Text(AnswerWords.Of(row.Quadrant))),
        new("quadrant_name", (csv, row) => csv.Text(row.QuadrantName)),
        new("quadrant_probability", (csv, row) => csv.Number(row.QuadrantProbability)),
        new("retain_probability", (csv, row) => csv.Number(row.RetainProbability)),
        new("develop_probability", (csv, row) => csv.Number(row.DevelopProbability)),
        new("maintain_probability", (csv, row) => csv.Number(row.MaintainProbability)),
        new("cultivate_probability", (csv, row) => csv.Number(row.CultivateProbability)),
        new("held", (csv, row) => csv.Flag(row.Held)),
        new("stage", (csv, row) => csv.Text(AnswerWords.Of(row.Stage))),
        new("stage_name", (csv, row) => csv.Text(row.StageName)),
        new("lateness", (csv, row) => csv.Number(row.Lateness)),
        new("strategy", (csv, row) => csv.Text(AnswerWords.Of(row.Strategy))),
        new("strategy_name", (csv, row) => csv.Text(row.StrategyName)),
        new("service_level", (csv, row) => csv.Text(row.ServiceLevel)),
        new("channels", (csv, row) => csv.Text(row.Channels)),
        new("budget_share", (csv, row) => csv.Number(row.BudgetShare)),
        new("next_step", (csv, row) => csv.Text(row.NextStep)),
        new("reasons", (csv, row) => csv.Texts(row.Reasons)),
        new("model_version", (csv, row) => csv.Text(row.ModelVersion)));

    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>First day of the forecast.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Margin so far less cost to serve; money.</summary>
    public required double RealisedValue { get; init; }

    /// <summary>Net margin a year at the present run rate; money a year.</summary>
    public required double CurrentValue { get; init; }

    /// <summary>Discounted expected net margin over the value horizon; money.</summary>
    public required double PotentialValue { get; init; }

    /// <summary>Lower end of its 80 % interval; null where the model gives none.</summary>
    public required double? PotentialP10 { get; init; }

    /// <summary>Upper end of its 80 % interval.</summary>
    public required double? PotentialP90 { get; init; }

    /// <summary>Value credited for customers referred; 0 where no referrals are known, as in a call.</summary>
    public required double InfluenceValue { get; init; }

    /// <summary>Realised, potential and influence together.</summary>
    public required double TotalValue { get; init; }

    /// <summary>What the top quarter of look-alikes bring beyond the potential value; money.</summary>
    public required double Headroom { get; init; }

    /// <summary>Probability of no purchase within the horizon.</summary>
    public required double ChurnProbability { get; init; }

    /// <summary>Cost to serve in the 365 days before the day; null where no rates are known.</summary>
    public required double? CostToServe { get; init; }

    /// <summary>Current value on the scorecard, 0 to 100; null where none of its indicators is known.</summary>
    public required double? CurrentIndex { get; init; }

    /// <summary>Potential value on the scorecard, 0 to 100, likewise.</summary>
    public required double? PotentialIndex { get; init; }

    /// <summary>Both together, 0 to 100, likewise.</summary>
    public required double? ValueIndex { get; init; }

    /// <summary>Current by potential value.</summary>
    public required Quadrant Quadrant { get; init; }

    /// <summary>The same in the language asked for.</summary>
    public required string QuadrantName { get; init; }

    /// <summary>Probability that the customer belongs there.</summary>
    public required double QuadrantProbability { get; init; }

    /// <summary>Probability of high current, low potential value; the four sum to 1.</summary>
    public required double RetainProbability { get; init; }

    /// <summary>Probability of high current, high potential value.</summary>
    public required double DevelopProbability { get; init; }

    /// <summary>Probability of low current, low potential value.</summary>
    public required double MaintainProbability { get; init; }

    /// <summary>Probability of low current, high potential value.</summary>
    public required double CultivateProbability { get; init; }

    /// <summary>Whether the quadrant is an earlier day's, kept by hysteresis; false where no earlier day is known, as in a call.</summary>
    public required bool Held { get; init; }

    /// <summary>Where the customer stands, by their own rhythm.</summary>
    public required LifecycleStage Stage { get; init; }

    /// <summary>The same in the language asked for.</summary>
    public required string StageName { get; init; }

    /// <summary>Days since the last purchase over the customer's usual gap plus its deviation.</summary>
    public required double Lateness { get; init; }

    /// <summary>What to do.</summary>
    public required Recommendation Strategy { get; init; }

    /// <summary>The same in the language asked for.</summary>
    public required string StrategyName { get; init; }

    /// <summary>How well the customer is served, in the language asked for.</summary>
    public required string ServiceLevel { get; init; }

    /// <summary>Through which channels, in the language asked for.</summary>
    public required string Channels { get; init; }

    /// <summary>Share of the customer budget that goes to all customers of this strategy.</summary>
    public required double BudgetShare { get; init; }

    /// <summary>What to do next, in the language asked for.</summary>
    public required string NextStep { get; init; }

    /// <summary>Why, a sentence each, most important first, in the language asked for.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The version that answers, model and strategy both.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>What raised and lowered the churn probability most, in English; filled where it was asked for.</summary>
    public IReadOnlyList<Reason> ChurnReasons { get; init; } = [];

    /// <summary>One customer of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="row">The customer's row.</param>
    /// <param name="language">Language of names and reasons.</param>
    public static CustomerRecommendation Of(StrategyResult result, int row, Language language)
    {
        CustomerStrategies all = result.Strategies;
        Wording words = Wording.In(language);
        Practice practice = words.Practice(all.Recommendation[row], all.Recipe.Options);
        return new CustomerRecommendation
        {
            CustomerId = all.Ids[row],
            AsOf = all.AsOf,
            RealisedValue = all.Realised[row],
            CurrentValue = all.Current[row],
            PotentialValue = all.Potential[row],
            PotentialP10 = all.PotentialP10.Length > 0 ? all.PotentialP10[row] : null,
            PotentialP90 = all.PotentialP90.Length > 0 ? all.PotentialP90[row] : null,
            InfluenceValue = all.Influence[row],
            TotalValue = all.Total[row],
            Headroom = all.Headroom[row],
            ChurnProbability = all.ChurnProbability[row],
            CostToServe = result.YearCost?[row],
            CurrentIndex = Known(result.Scorecard.Current[row]),
            PotentialIndex = Known(result.Scorecard.Potential[row]),
            ValueIndex = Known(result.Scorecard.Index[row]),
            Quadrant = all.Quadrant[row],
            QuadrantName = words.Name(all.Quadrant[row]),
            QuadrantProbability = all.Probability(all.Quadrant[row])[row],
            RetainProbability = all.RetainProbability[row],
            DevelopProbability = all.DevelopProbability[row],
            MaintainProbability = all.MaintainProbability[row],
            CultivateProbability = all.CultivateProbability[row],
            Held = all.Held[row],
            Stage = all.Stage[row],
            StageName = words.Name(all.Stage[row]),
            Lateness = all.Lateness[row],
            Strategy = all.Recommendation[row],
            StrategyName = practice.Name,
            ServiceLevel = practice.ServiceLevel,
            Channels = practice.Channels,
            BudgetShare = practice.BudgetShare,
            NextStep = practice.NextStep,
            Reasons = all.Reasons(row, language),
            ModelVersion = result.Scored.ModelVersion,
            ChurnReasons = result.Scored[row].Reasons,
        };
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
