using CustomerValue.Models.Versions;
using CustomerValue.Sources;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Score;

/// <summary>Scores in sum, how churn spreads, and the most valuable customers.</summary>
internal static class ScoreTable
{
    private const string NoMoney = "off: the transactions have no amounts";
    private const int TopCustomers = 10;
    private const int BarWidth = 30;
    private static readonly (string Name, double Below)[] s_bands = [("under 20 %", 0.2), ("20 to 40 %", 0.4), ("40 to 60 %", 0.6), ("60 to 80 %", 0.8), ("80 % and more", double.PositiveInfinity)];

    /// <param name="console">Where to.</param>
    /// <param name="scored">The customers.</param>
    /// <param name="money">Whether the transactions have amounts; without, everything about spend and value is left out.</param>
    public static void Write(IAnsiConsole console, ScoredCustomers scored, bool money)
    {
        WriteSums(console, scored, money);
        WriteChurn(console, scored, money);
        WriteTop(console, scored, money);
    }

    /// <summary>Where the scores went.</summary>
    public static void WriteWhere(IAnsiConsole console, ScoredCustomers scored, string? file, string? book)
    {
        console.WriteLine();
        List<(string, string)> pairs = [("scored by", scored.ModelVersion)];
        if (file is not null)
            pairs.Add(("scores", SourcePlaces.IsAddress(file) ? file : Path.GetFullPath(file)));
        if (book is not null)
            pairs.Add(("customer book", book));
        console.Draw(Look.Pairs([.. pairs]));
    }

    private static void WriteSums(IAnsiConsole console, ScoredCustomers scored, bool money)
    {
        console.Title($"{Figures.Count(scored.Count)} customers, {Figures.Day(scored.AsOf)} to {Figures.Day(scored.AsOf.AddDays(scored.HorizonDays - 1))} ({scored.HorizonDays} days)");
        double churners = scored.ChurnProbability.Sum();
        console.Draw(Look.Pairs(
            ("expected purchases", Figures.Number(scored.ExpectedPurchases.Sum(), 0)),
            ("expected spend", money ? Figures.Money(scored.ExpectedSpend.Sum()) : NoMoney),
            ("expected to buy", $"{Figures.Number(scored.Count - churners, 0)} customers ({Figures.Percent(1 - churners / scored.Count)})"),
            ("lifetime value", money ? Figures.Money(scored.LifetimeValue.Sum()) : NoMoney)));
    }

    private static void WriteChurn(IAnsiConsole console, ScoredCustomers scored, bool money)
    {
        int[] counts = new int[s_bands.Length];
        double[] values = new double[s_bands.Length];
        for (int i = 0; i < scored.Count; i++)
        {
            int band = Array.FindIndex(s_bands, band => scored.ChurnProbability[i] < band.Below);
            counts[band]++;
            values[band] += scored.LifetimeValue[i];
        }
        console.Title("Who is likely to stay away");
        Table table = money ? Look.Table("churn probability", ">customers", ">share", "?", ">lifetime value") : Look.Table("churn probability", ">customers", ">share", "?");
        int most = Math.Max(counts.Max(), 1);
        for (int band = 0; band < s_bands.Length; band++)
            table.AddRow([s_bands[band].Name, Figures.Count(counts[band]), Figures.Percent((double)counts[band] / scored.Count),
                $"[{Theme.Faint}]{new string('█', (int)Math.Round((double)BarWidth * counts[band] / most)).PadRight(BarWidth)}[/]", .. money ? [Figures.Money(values[band])] : Array.Empty<string>()]);
        console.Draw(table);
    }

    private static void WriteTop(IAnsiConsole console, ScoredCustomers scored, bool money)
    {
        int[] top = [.. Enumerable.Range(0, scored.Count).OrderByDescending(i => money ? scored.LifetimeValue[i] : scored.ExpectedPurchases[i]).ThenBy(i => scored.Ids[i], StringComparer.Ordinal).Take(TopCustomers)];
        console.Title(money ? "Most valuable customers" : "Customers who will buy most often");
        List<(string Head, Func<CustomerPrediction, string> Cell)> columns =
        [
            .. money ? [(">lifetime value", row => Figures.Money(row.LifetimeValue)), ($">spend, {scored.HorizonDays} days", row => Figures.Money(row.ExpectedSpend))] : Array.Empty<(string, Func<CustomerPrediction, string>)>(),
            ($">purchases, {scored.HorizonDays} days", row => Figures.Number(row.ExpectedPurchases, 2)),
            (">churn", row => Figures.Percent(row.ChurnProbability)),
            ("?>next purchase", row => Figures.Day(row.NextPurchase)),
            ("?>overdue", row => $"{Figures.Number(row.Overdue, 1)}x"),
        ];
        Table table = Look.Table(["customer", .. columns.Select(column => column.Head)]);
        foreach (int i in top)
        {
            CustomerPrediction row = scored[i];
            table.AddRow([Figures.Short(row.CustomerId).EscapeMarkup(), .. columns.Select(column => column.Cell(row))]);
        }
        console.Draw(table);
        console.SayMarkup($"[{Theme.Faint}] overdue: days silent over the customer's own mean gap[/]");
    }
}
