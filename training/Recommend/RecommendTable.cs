using CustomerValue.Strategy;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Recommend;

/// <summary>The portfolio on a terminal: figures, quadrants with money and strategy, stages, who moved.</summary>
internal static class RecommendTable
{
    private const double Fifth = 0.2;

    public static void Write(IAnsiConsole console, RecommendOutcome outcome, PortfolioSummary portfolio, Language language)
    {
        CustomerStrategies all = outcome.Result.Strategies;
        Wording words = Wording.In(language);
        WriteFigures(console, outcome, portfolio);
        WriteQuadrants(console, portfolio, words);
        WriteStrategies(console, portfolio, words, all.Recipe.Options);
        WriteStages(console, portfolio, words);
        if (outcome.Earlier is { } earlier)
            WriteMigration(console, MigrationMatrix.OfQuadrants(earlier, all), words);
        CustomerValue.Strategy.Quadrants.Thresholds lines = all.Recipe.Thresholds;
        string unit = all.Recipe.Options.Axes == ValueAxes.Money ? "" : " points";
        console.SayMarkup($"[{Theme.Faint}] lines: current {Figures.Money(lines.Current)}{unit} a year, potential {Figures.Money(lines.Potential)}{unit}; learnt at {Figures.Day(all.Recipe.LearntAt)}, {(outcome.OfVersion ? "part of the version" : "for this run only")}[/]");
    }

    /// <summary>Where the results went.</summary>
    public static void WriteWhere(IAnsiConsole console, string version, string? file, string? report)
    {
        console.WriteLine();
        List<(string, string)> pairs = [("recommended by", version)];
        if (file is not null)
            pairs.Add(("recommendations", Path.GetFullPath(file)));
        if (report is not null)
            pairs.Add(("report", Path.GetFullPath(report)));
        console.Draw(Look.Pairs([.. pairs]));
    }

    private static void WriteFigures(IAnsiConsole console, RecommendOutcome outcome, PortfolioSummary portfolio)
    {
        console.Title($"{Figures.Count(portfolio.Customers)} customers as of {Figures.Day(portfolio.AsOf)}");
        WhaleCurve whale = WhaleCurve.Of(outcome.Result.Strategies.Realised);
        List<(string, string)> pairs =
        [
            ("realised value", Figures.Money(portfolio.Realised)),
            ("current value", $"{Figures.Money(portfolio.Current)} a year"),
            ("customer equity", $"{Figures.Money(portfolio.Equity)} (sum of potential values); {Figures.Money(portfolio.EquityAtRisk)} of it at risk"),
            ("one point of retention", Figures.Money(portfolio.RetentionPoint)),
            ("headroom", Figures.Money(portfolio.Headroom)),
            ("concentration", $"the top {100 * Fifth:0} % brought {Figures.Percent(whale.ShareOfTop(Fifth) ?? double.NaN)} of realised and hold {Figures.Percent(portfolio.PotentialConcentration.TopShares.First(point => point.Customers >= Fifth).Value)} of potential value"),
        ];
        if (portfolio.BelowZero > 0)
            pairs.Add(("below zero", $"{Figures.Count(portfolio.BelowZero)} customers cost {Figures.Money(-portfolio.LossBelowZero)} a year more than they bring"));
        if (outcome.Result.YearCosts is { } costs)
            pairs.Add(("cost to serve", $"{Figures.Money((double)costs.Total)} in 365 days{(costs.Pools.Count > 0 ? $"; idle capacity {Figures.Money((double)costs.Pools.Sum(pool => pool.Idle))}" : "")}"));
        if (outcome.Result.DirectReferrals is not null)
            pairs.Add(("influence", $"{Figures.Money(portfolio.InfluenceMoved)} credited to those who brought others"));
        console.Draw(Look.Pairs([.. pairs]));
    }

    private static void WriteQuadrants(IAnsiConsole console, PortfolioSummary portfolio, Wording words)
    {
        console.Title("Quadrants");
        Table table = Look.Table("quadrant", ">customers", ">realised", ">current a year", ">potential", ">headroom", ">at risk");
        foreach (PortfolioGroup group in portfolio.Quadrants)
            table.AddRow(words.Name(Enum.Parse<Quadrant>(group.Label)).EscapeMarkup(), Figures.Count(group.Customers), Figures.Money(group.Realised), Figures.Money(group.Current),
                Figures.Money(group.Potential), Figures.Money(group.Headroom), Figures.Money(group.AtRisk));
        console.Draw(table);
    }

    private static void WriteStrategies(IAnsiConsole console, PortfolioSummary portfolio, Wording words, StrategyOptions options)
    {
        console.Title("Strategies");
        foreach (PortfolioGroup group in portfolio.Recommendations.Where(group => group.Customers > 0))
        {
            Practice practice = words.Practice(Enum.Parse<Recommendation>(group.Label), options);
            console.SayMarkup($" [{Theme.Strong}]{practice.Name.EscapeMarkup()}[/] {Figures.Count(group.Customers)} {(group.Customers == 1 ? "customer" : "customers")}, {Figures.Percent(practice.BudgetShare)} of the budget: {practice.NextStep.EscapeMarkup()}");
            console.SayMarkup($"[{Theme.Faint}]   {practice.ServiceLevel.EscapeMarkup()} · {practice.Channels.EscapeMarkup()}[/]");
        }
    }

    private static void WriteStages(IAnsiConsole console, PortfolioSummary portfolio, Wording words)
    {
        console.Title("Lifecycle");
        Table table = Look.Table("stage", ">customers", ">current a year", ">potential", ">at risk");
        foreach (PortfolioGroup group in portfolio.Stages)
            table.AddRow(words.Name(Enum.Parse<LifecycleStage>(group.Label)).EscapeMarkup(), Figures.Count(group.Customers), Figures.Money(group.Current), Figures.Money(group.Potential), Figures.Money(group.AtRisk));
        console.Draw(table);
    }

    private static void WriteMigration(IAnsiConsole console, MigrationMatrix matrix, Wording words)
    {
        console.Title($"Moves from {Figures.Day(matrix.From)} to {Figures.Day(matrix.To)}: {Figures.Count(matrix.Changed)} customers changed quadrant");
        string?[] labels = [.. Enum.GetNames<Quadrant>(), null];
        Table table = Look.Table(["from \\ to", .. labels.Select(label => ">" + Name(label, "gone"))]);
        foreach (string? from in labels)
        {
            MigrationCell?[] row = [.. labels.Select(to => matrix.Cells.FirstOrDefault(cell => cell.From == from && cell.To == to))];
            if (from is not null || row.Any(cell => cell is not null))
                table.AddRow([Name(from, "new").EscapeMarkup(), .. row.Select(cell => cell is null ? "-" : $"{Figures.Count(cell.Customers)} ({Figures.Money(cell.PotentialAfter)})")]);
        }
        console.Draw(table);
        console.SayMarkup($"[{Theme.Faint}] customers (their potential value now)[/]");

        string Name(string? label, string none) => label is null ? none : words.Name(Enum.Parse<Quadrant>(label));
    }
}
