using System.Globalization;
using CustomerValue.CustomerBook;
using CustomerValue.Reporting.Design;
using CustomerValue.Serving.Pages.Shell;

namespace CustomerValue.Serving.Pages.Customers;

/// <summary>A column of the book as a list of customers shows it. Those that only programs read are none: words for people in one language, parts of an interval's arithmetic, reasons as long as a page.</summary>
/// <param name="Name">The column of the book.</param>
/// <param name="Head">Its name in words.</param>
/// <param name="Meaning">What it tells.</param>
/// <param name="IsFigure">Whether it stands to the right.</param>
/// <param name="Show">What stands in a row.</param>
internal sealed record CustomerColumn(string Name, string Head, string Meaning, bool IsFigure, Func<PageScope, BookRow, string> Show)
{
    private const string Horizon = "Within the horizon.", Before = "As of the book before.";

    /// <summary>All of them, in the order of the choice.</summary>
    public static IReadOnlyList<CustomerColumn> All { get; } =
    [
        Word("strategy", "Strategy", "What to do with this customer, from value and stage.", (scope, word) => scope.Names.Strategy(word)),
        Word("stage", "Stage", "Where the customer is in their life with you.", (scope, word) => scope.Names.Stage(word)),
        Word("quadrant", "Side", "On which side of the lines of current and potential value.", (scope, word) => scope.Names.Quadrant(word)),
        Money("current_value", "Brings a year", "Current value: net margin a year at the present rate."),
        Money("potential_value", "To come", "Potential value: what the customer is expected to bring over the value horizon."),
        Money("potential_p10", "To come, at least", "In nine cases of ten."),
        Money("potential_p90", "To come, at most", "In nine cases of ten."),
        Money("lifetime_value", "Lifetime value", "Expected margin over the value horizon, discounted."),
        Money("realised_value", "Brought so far", "Margin so far, less cost to serve and acquisition."),
        Money("influence_value", "Brings through others", "Share of the value of customers they referred."),
        Money("total_value", "All values together", "Brought so far, to come, and through others."),
        Money("headroom", "Room to grow", "What look-alikes in the top quarter bring beyond it."),
        Money("cost_to_serve", "Cost to serve, a year", "By what they make you do, at your own rates."),
        Share("churn_probability", "Stays away", "Probability of no purchase within the horizon."),
        Share("probability_alive", "Not gone for good", "Probability that the customer still buys now and then."),
        Figure("expected_purchases", "Expected purchases", Horizon),
        Money("expected_spend", "Expected spend", Horizon),
        Money("spend_p10", "Spend, at least", "In nine cases of ten."),
        Money("spend_p90", "Spend, at most", "In nine cases of ten."),
        Money("expected_margin", "Expected margin", Horizon),
        new("next_purchase", "Next purchase", "The day by which it is as likely as not.", true, (_, row) => row["next_purchase"] is DateOnly day ? Readable.Day(day) : "–"),
        Figure("overdue", "Quiet for, in usual pauses", "Days silent over the customer's own mean pause."),
        Money("spend_before", "Spent lately", "In as many days before the forecast as it reaches."),
        Figure("current_index", "Index of current value", "From 0 to 100, by the scorecard."),
        Figure("potential_index", "Index of potential value", "From 0 to 100, by the scorecard."),
        Figure("value_index", "Index of value", "From 0 to 100, by the scorecard."),
        Share("quadrant_probability", "Sure of the side", "Probability that the customer is on this side of the lines."),
        new("next_step", "What to do next", "What the strategy suggests.", false, (scope, row) => scope.Names.Practice(row.Text("strategy") ?? "")?.NextStep ?? "–"),
        Word("earlier_strategy", "Strategy before", Before, (scope, word) => scope.Names.Strategy(word)),
        Word("earlier_stage", "Stage before", Before, (scope, word) => scope.Names.Stage(word)),
        Word("earlier_quadrant", "Side before", Before, (scope, word) => scope.Names.Quadrant(word)),
        Money("earlier_current_value", "Brought a year before", Before),
        Money("earlier_potential_value", "To come before", Before),
        Share("earlier_churn_probability", "Stayed away before", Before),
    ];

    private static CustomerColumn Money(string name, string head, string meaning) => new(name, head, meaning, true, (scope, row) => scope.Money(row.Number(name)));

    private static CustomerColumn Share(string name, string head, string meaning) => new(name, head, meaning, true, (_, row) => Readable.Percent(row.Number(name) ?? double.NaN));

    private static CustomerColumn Figure(string name, string head, string meaning) => new(name, head, meaning, true, (_, row) => row.Number(name) is { } number ? number.ToString("0.#", CultureInfo.InvariantCulture) : "–");

    private static CustomerColumn Word(string name, string head, string meaning, Func<PageScope, string, string> say) => new(name, head, meaning, false, (scope, row) => row.Text(name) is { } word ? say(scope, word) : "–");
}
