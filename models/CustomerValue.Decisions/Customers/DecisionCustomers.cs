using CustomerValue.Data.Expressions;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Decisions.Customers;

/// <summary>What decisions rest on, a column each, in the order of the ids. Money is net of margin and cost to serve.</summary>
public sealed record DecisionCustomers
{
    internal const string Margin = "expected_margin", Deviation = "margin_deviation", NextDays = "next_purchase_days", Bought = "bought_before", Spent = "spend_before";

    private const double LeastBuying = 0.05;
    private const string YearCostKept = "cost_to_serve";

    /// <summary>First day of the future.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The version that forecasts.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Days the churn probability and the expected margin speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Customer ids.</summary>
    public required string[] Ids { get; init; }

    /// <summary>Number of customers.</summary>
    public int Count => Ids.Length;

    /// <summary>Probability of no purchase within the horizon.</summary>
    public required double[] ChurnProbability { get; init; }

    /// <summary>Expected net margin within the horizon; money.</summary>
    public required double[] ExpectedMargin { get; init; }

    /// <summary>Standard deviation of the true expectation around it, the forecast's own error; money.</summary>
    public required double[] MarginDeviation { get; init; }

    /// <summary>Cost to serve of a year; money, 0 where unknown.</summary>
    public required double[] YearCost { get; init; }

    /// <summary>Potential value; money.</summary>
    public required double[] Potential { get; init; }

    /// <summary>Strategy as in answers; see <see cref="StrategyNames"/>.</summary>
    public required string[] Strategy { get; init; }

    /// <summary>Lifecycle stage as in answers.</summary>
    public required string[] Stage { get; init; }

    /// <summary>Further columns that eligibility may name: name, kind and, for texts, levels.</summary>
    public IReadOnlyList<(ExpressionColumn Column, double[]? Numbers, string?[]? Texts)> Further { get; init; } = [];

    /// <summary>Median days from the day to the next purchase; infinity where none is expected; empty where unknown.</summary>
    public double[] NextPurchaseDays { get; init; } = [];

    /// <summary>Cost to serve of a year by activity, each with a value a customer; money, without what is only assumed. Empty where no activities are known.</summary>
    public IReadOnlyList<(string Activity, double[] YearCost)> Activities { get; init; } = [];

    /// <summary>Whether each bought (1 or 0) and what they spent in as many days before the day as the horizon has; null where unknown.</summary>
    internal (double[] Bought, double[] Spent)? Before { get; init; }

    /// <summary>Columns that are always there.</summary>
    public static IReadOnlyList<ExpressionColumn> StandardColumns { get; } =
    [
        new("customer_id", ExpressionKind.Text), new("churn_probability", ExpressionKind.Number), new("expected_margin", ExpressionKind.Number), new("year_cost_to_serve", ExpressionKind.Number),
        new("potential_value", ExpressionKind.Number), new("strategy", ExpressionKind.Text) { Levels = StrategyNames.All }, new("stage", ExpressionKind.Text) { Levels = StrategyNames.Stages },
    ];

    /// <summary>Columns of customers with values, quadrant and stage from <see cref="From"/>.</summary>
    public static IReadOnlyList<ExpressionColumn> ScoredColumns { get; } =
    [
        .. StandardColumns, new("realised_value", ExpressionKind.Number), new("current_value", ExpressionKind.Number), new("influence_value", ExpressionKind.Number), new("headroom", ExpressionKind.Number),
        new("expected_spend", ExpressionKind.Number), new("expected_purchases", ExpressionKind.Number), new("probability_alive", ExpressionKind.Number), new("lateness", ExpressionKind.Number),
        new("next_purchase_days", ExpressionKind.Number),
    ];

    /// <summary>A further column of numbers; zeros where it is not there.</summary>
    public double[] Number(string name) => Further.FirstOrDefault(one => one.Column.Name == name).Numbers ?? new double[Count];

    /// <summary>Probability of buying within the horizon, as gains divide by it: at least .05, so that hopeless customers do not count as treasures.</summary>
    internal double Buying(int customer) => NotHopeless(1 - ChurnProbability[customer]);

    /// <summary>A probability of buying as gains divide by it.</summary>
    internal static double NotHopeless(double buying) => Math.Max(LeastBuying, buying);

    /// <summary>Some of the customers.</summary>
    /// <param name="rows">Their indices, ascending.</param>
    public DecisionCustomers Select(int[] rows) => this with
    {
        Ids = Pick(Ids, rows),
        ChurnProbability = Pick(ChurnProbability, rows),
        ExpectedMargin = Pick(ExpectedMargin, rows),
        MarginDeviation = Pick(MarginDeviation, rows),
        YearCost = Pick(YearCost, rows),
        Potential = Pick(Potential, rows),
        Strategy = Pick(Strategy, rows),
        Stage = Pick(Stage, rows),
        Further = [.. Further.Select(one => (one.Column, one.Numbers is null ? null : Pick(one.Numbers, rows), one.Texts is null ? null : Pick(one.Texts, rows)))],
        NextPurchaseDays = NextPurchaseDays.Length == 0 ? [] : Pick(NextPurchaseDays, rows),
        Activities = [.. Activities.Select(one => (one.Activity, Pick(one.YearCost, rows)))],
        Before = Before is var (bought, spent) ? (Pick(bought, rows), Pick(spent, rows)) : null,
    };

    private static T[] Pick<T>(T[] column, int[] rows) => Array.ConvertAll(rows, row => column[row]);

    /// <summary>The columns as a table for expressions.</summary>
    public ExpressionTable Table()
    {
        ExpressionTable table = new ExpressionTable(Count).Text("customer_id", Ids).Number("churn_probability", ChurnProbability).Number("expected_margin", ExpectedMargin)
            .Number("year_cost_to_serve", YearCost).Number("potential_value", Potential).Text("strategy", Strategy).Text("stage", Stage);
        foreach ((ExpressionColumn column, double[]? numbers, string?[]? texts) in Further)
            _ = column.Kind switch
            {
                ExpressionKind.Text => table.Text(column.Name, texts!),
                ExpressionKind.Date => table.DayNumber(column.Name, numbers!),
                _ => table.Number(column.Name, numbers!),
            };
        return table;
    }

    /// <summary>Columns of numbers that <see cref="FromKept"/> needs: answers of model and strategy, and <see cref="DecisionBasis"/>.</summary>
    public static IReadOnlyList<string> KeptNumbers { get; } = [.. ScoredColumns.Where(column => column.Kind == ExpressionKind.Number).Select(column => column.Name == "year_cost_to_serve" ? YearCostKept : column.Name), Deviation, Bought, Spent];

    /// <summary>Columns of texts that it needs.</summary>
    public static IReadOnlyList<string> KeptTexts { get; } = ["strategy", "stage"];

    /// <summary>Customers from columns as they were kept with answers; the same decisions as from the result they were written of.</summary>
    /// <param name="window">First day of the future, and days ahead.</param>
    /// <param name="modelVersion">The version that forecasts.</param>
    /// <param name="ids">Customer ids, each once, in any order.</param>
    /// <param name="numbers">Each of <see cref="KeptNumbers"/>; NaN where there is none.</param>
    /// <param name="texts">Each of <see cref="KeptTexts"/>.</param>
    /// <exception cref="KeyNotFoundException">A column is absent.</exception>
    public static DecisionCustomers FromKept(ObservationWindow window, string modelVersion, string[] ids, IReadOnlyDictionary<string, double[]> numbers, IReadOnlyDictionary<string, string[]> texts)
    {
        double[] next = Array.ConvertAll(numbers[NextDays], days => double.IsNaN(days) ? double.PositiveInfinity : days);
        DecisionCustomers all = new()
        {
            AsOf = window.Cutoff,
            ModelVersion = modelVersion,
            HorizonDays = window.Horizon.Days,
            Ids = ids,
            ChurnProbability = numbers["churn_probability"],
            ExpectedMargin = numbers[Margin],
            MarginDeviation = numbers[Deviation],
            YearCost = Array.ConvertAll(numbers[YearCostKept], cost => double.IsNaN(cost) ? 0 : cost),
            Potential = numbers["potential_value"],
            Strategy = texts["strategy"],
            Stage = texts["stage"],
            Further = [.. ScoredColumns.Skip(StandardColumns.Count).Select(column => (column, (double[]?)(column.Name == NextDays ? next : numbers[column.Name]), (string?[]?)null))],
            NextPurchaseDays = next,
            Before = numbers[Bought].Any(double.IsNaN) ? null : (numbers[Bought], numbers[Spent]),
        };
        for (int i = 1; i < ids.Length; i++)
            if (string.CompareOrdinal(ids[i - 1], ids[i]) >= 0)
            {
                int[] order = [.. Enumerable.Range(0, ids.Length).OrderBy(row => ids[row], StringComparer.Ordinal)];
                return all.Select(order);
            }
        return all;
    }

    /// <summary>The customers of a result: expected spend at the customer's own net rate.</summary>
    public static DecisionCustomers From(StrategyResult result)
    {
        CustomerStrategies all = result.Strategies;
        int count = all.Count;
        double[] margin = new double[count], deviation = new double[count];
        string[] strategy = new string[count], stage = new string[count];
        bool intervals = result.Scored.SpendP10.Length > 0;
        for (int i = 0; i < count; i++)
        {
            double rate = all.FutureSpend[i] > 0 ? all.Potential[i] / all.FutureSpend[i] : 0;
            margin[i] = result.Scored.ExpectedSpend[i] * rate;
            // The interval is of spend that comes, chance included; half its width serves as a cautious error of the expectation.
            deviation[i] = intervals ? Math.Abs(rate) * Math.Max(0, result.Scored.SpendP90[i] - result.Scored.SpendP10[i]) / 5.126 : 0;
            stage[i] = StrategyNames.Of(all.Stage[i]);
            strategy[i] = StrategyNames.Of(all.Recommendation[i]);
        }
        double[][] further = [all.Realised, all.Current, all.Influence, all.Headroom, result.Scored.ExpectedSpend, result.Scored.ExpectedPurchases, result.Scored.ProbabilityAlive, all.Lateness, result.Scored.NextPurchaseDays];
        return new DecisionCustomers
        {
            AsOf = all.AsOf,
            ModelVersion = result.Scored.ModelVersion,
            HorizonDays = result.Scored.HorizonDays,
            Ids = all.Ids,
            ChurnProbability = all.ChurnProbability,
            ExpectedMargin = margin,
            MarginDeviation = deviation,
            YearCost = result.YearCost ?? new double[count],
            Potential = all.Potential,
            Strategy = strategy,
            Stage = stage,
            Further = [.. further.Select((values, k) => (ScoredColumns[StandardColumns.Count + k], (double[]?)values, (string?[]?)null))],
            NextPurchaseDays = result.Scored.NextPurchaseDays,
            Activities = result.YearCosts is { } costs ? ActivitiesOf(all.Ids, costs) : [],
        };
    }

    private static (string Activity, double[] YearCost)[] ActivitiesOf(string[] ids, CostToServe costs)
    {
        int[] codes = Array.ConvertAll(ids, costs.Customers.Find);
        return [.. Enumerable.Range(0, costs.Activities.Count).Select(activity =>
        {
            double[] money = new double[ids.Length];
            ReadOnlySpan<long> cents = costs.CentsOf(activity);
            for (int i = 0; i < money.Length; i++)
                money[i] = codes[i] >= 0 ? cents[codes[i]] / 100.0 : 0;
            return (costs.Activities[activity], money);
        })];
    }
}
