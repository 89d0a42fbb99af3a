using CustomerValue.Data.Windows;
using CustomerValue.Models.Evaluation;
using CustomerValue.Reporting.Design;

namespace CustomerValue.Reporting.Figures;

/// <summary>What lifetime values said a year ago, and what came, in sentences.</summary>
public static class LifetimeText
{
    /// <summary>The whole of it in one line; where there are no figures, why not.</summary>
    public static string Line(LifetimeBacktest backtest) => backtest.Figures is not { } figures ? WhyNot(backtest)
        : $"Lifetime values as of {Readable.Day(backtest.Day)} said {Readable.Money(figures.Value.Said)} for the twelve months to {End(backtest)}{(figures.IsSample ? " of the customers drawn" : "")}; {Readable.Money(figures.Came)} came ({Bias(figures)}). Rank correlation {Readable.Figure(figures.Value.Spearman)}, by the spend of the year before {Readable.Figure(figures.LastYear.Spearman)}.";

    /// <summary>Why there are no figures.</summary>
    public static string WhyNot(LifetimeBacktest backtest) => backtest.WhyNot ?? "Lifetime values were not set beside what came of them.";

    /// <summary>Whether the sum came out.</summary>
    public static string Total(LifetimeBacktest backtest, LifetimeFigures figures) =>
        $"{Readable.Count(figures.Customers)} customers were known on {Readable.Day(backtest.Day)}{(figures.IsSample ? ", drawn by their ids from the whole base" : "")}. Their lifetime values said {Readable.Money(figures.Value.Said)} for the twelve months to {End(backtest)}; {Readable.Money(figures.Came)} came ({Bias(figures)}).";

    /// <summary>Whether the order and the single values came out, beside the naive rule.</summary>
    public static string Order(LifetimeBacktest backtest, LifetimeFigures figures) =>
        $"By value, customers stand in an order with rank correlation {Readable.Figure(figures.Value.Spearman)} and Gini {Readable.Figure(figures.Value.NormalizedGini)}; by what they had spent in the {(backtest.HistoryDays < DaysIn.Year ? $"{backtest.HistoryDays} days" : "year")} before, {Readable.Figure(figures.LastYear.Spearman)} and {Readable.Figure(figures.LastYear.NormalizedGini)}. "
        + $"A value is off by {Readable.Money(figures.Value.Mae)} a customer on average, that spend by {Readable.Money(figures.LastYear.Mae)}.";

    /// <summary>Whether intervals held; nothing where there are none.</summary>
    public static string Interval(LifetimeFigures figures) => figures.Coverage is not { } held ? "No interval could be learnt by then."
        : $"The 80 % interval of the value held for {Readable.Percent(held.Covered)} of them; {Readable.Percent(held.Below)} brought less, {Readable.Percent(held.Above)} more.";

    /// <summary>How the values were made, and what that leaves out.</summary>
    /// <param name="backtest">What was measured.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="horizonDays">Days ahead that the version predicts.</param>
    public static string Made(LifetimeBacktest backtest, LifetimeFigures figures, int horizonDays) =>
        $"Valued by the {backtest.HistoryDays} days of transactions that were known then, and nothing later, as the version values today; spend, not discounted. "
        + $"The first {horizonDays} days are the forecast of a smaller race of that day ({figures.Model}), since the whole race would take as long again."
        + (backtest.HistoryDays < DaysIn.Year ? " In less than a year no season shows; today's version has seen more." : "");

    /// <summary>How far the values lay above or below what came.</summary>
    public static string Bias(LifetimeFigures figures) => Readable.ChangeOf(figures.Value.Said / figures.Came - 1);

    private static string End(LifetimeBacktest backtest) => Readable.Day(backtest.Day.AddDays(DaysIn.Year - 1));
}
