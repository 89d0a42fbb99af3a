using CustomerValue.Data.Transactions;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Inputs;

/// <summary>What was found in transaction files: columns, counts, and what was left out with the reason.</summary>
internal static class ReadReport
{
    private const int ExamplesAReason = 3;

    public static void Write(IAnsiConsole console, ReadCounts read)
    {
        WriteFiles(console, read.Summary);
        WriteColumns(console, read.Summary);
        WriteLines(console, read.Summary);
        WritePurchases(console, read.Summary);
        WriteRejected(console, read);
    }

    /// <summary>One line for a run that goes on.</summary>
    public static string Sentence(ReadSummary summary) =>
        $"{Figures.Count(summary.Rows)} transactions of {Figures.Count(summary.Customers)} customers, {Figures.Day(summary.FirstDay)} to {Figures.Day(summary.LastDay)}"
        + (summary.RejectedLines + summary.WithoutCustomer + summary.DuplicateLines is > 0 and long left
            ? $"; {Figures.Count(left)} of {Figures.Count(summary.Lines)} lines left out (see validate)" : "");

    private static void WriteFiles(IAnsiConsole console, ReadSummary summary)
    {
        console.Title("Files");
        Table table = Look.Table("file", "?>size", ">lines", ">unreadable", "first day", "last day");
        foreach (FileSummary file in summary.Files)
            table.AddRow(Figures.Short(Path.GetFileName(file.Path)).EscapeMarkup(), Figures.Bytes(file.Bytes), Figures.Count(file.Lines), Figures.Count(file.RejectedLines), Figures.Day(file.FirstDay), Figures.Day(file.LastDay));
        console.Draw(table);
    }

    private static void WriteColumns(IAnsiConsole console, ReadSummary summary)
    {
        console.Title("Columns recognised");
        foreach (IGrouping<string, FileSummary> alike in summary.Files.GroupBy(file => string.Join('\n', Columns(file)), StringComparer.Ordinal))
        {
            if (alike.Count() < summary.Files.Count)
                console.SayMarkup($"[{Theme.Faint}]{string.Join(", ", alike.Select(file => Path.GetFileName(file.Path))).EscapeMarkup()}[/]");
            console.Draw(Look.Pairs([.. Columns(alike.First()), .. Notation(alike.First())]));
            WriteExamples(console, alike.First());
        }
    }

    /// <summary>How the file is written, so that a person sees what was understood.</summary>
    private static IEnumerable<(string Name, string Value)> Notation(FileSummary file)
    {
        yield return ("format", file.Export is { } export ? $"{file.Format}, {export}" : file.Format);
        yield return ("encoding", file.Encoding);
        yield return ("dates", file.Dates);
        yield return ("decimals", file.DecimalSeparator == ',' ? "after a comma" : "after a point");
    }

    private static void WriteExamples(IAnsiConsole console, FileSummary file)
    {
        Table table = Look.Table("the first rows as read", "day", ">amount");
        foreach (ExampleRow row in file.Examples)
            table.AddRow(Figures.Short(row.Customer).EscapeMarkup(), Figures.Day(row.Day), row.Amount is { } amount ? amount.ToString("#,##0.00##", System.Globalization.CultureInfo.InvariantCulture) : "-");
        if (file.Examples.Count > 0)
            console.Draw(table);
    }

    private static IEnumerable<(string Role, string Column)> Columns(FileSummary file) =>
        file.Columns.OrderBy(column => column.Key).Select(column => (ColumnMapping.NameOf(column.Key), column.Value));

    private static void WriteLines(IAnsiConsole console, ReadSummary summary)
    {
        console.Title("From lines to rows");
        Table table = Look.Table("", ">lines", "");
        table.HideHeaders();
        table.AddRow("lines in the files", Figures.Count(summary.Lines), "");
        Less(table, summary.DuplicateLines, "already in an earlier file", "on days that both files cover; counted once");
        Less(table, summary.WithoutCustomer, "without a customer id", "");
        Less(table, summary.PassedOver, "passed over", "headers, totals, comments, padding");
        Less(table, summary.NotChosen, "not chosen", "--keep, --drop, --currency, --where or the export");
        Less(table, summary.StrayRows, "far behind all others", "--stray-days keep takes them in");
        Less(table, summary.RejectedLines, "unreadable", "see below");
        Less(table, summary.IgnoredReturns, "returns", "--returns ignore");
        Less(table, summary.IgnoredZeroAmounts, "amounts of 0", "--zero-amounts ignore");
        table.AddRow($"[{Theme.Strong}]rows[/]", $"[{Theme.Strong}]{Figures.Count(summary.Rows)}[/]", $"[{Theme.Faint}]{Figures.Day(summary.FirstDay)} to {Figures.Day(summary.LastDay)}, {Figures.Count(summary.Customers)} customers[/]");
        console.Draw(table);

        static void Less(Table table, long count, string what, string why)
        {
            if (count > 0)
                table.AddRow($"- {what}", Figures.Count(count), $"[{Theme.Faint}]{why.EscapeMarkup()}[/]");
        }
    }

    private static void WritePurchases(IAnsiConsole console, ReadSummary summary)
    {
        console.Title("What the rows hold");
        Table table = Look.Table("", ">rows", ">customers", ">orders", ">customer-days", ">money");
        table.AddRow("purchases", Figures.Count(summary.Purchases.Rows), Figures.Count(summary.Purchases.Customers), Orders(summary.Purchases), Figures.Count(summary.Purchases.CustomerDays), Figures.Money(summary.TotalPurchases));
        if (summary.Paid != summary.Purchases)
            table.AddRow("of these paid (amount above 0)", Figures.Count(summary.Paid.Rows), Figures.Count(summary.Paid.Customers), Orders(summary.Paid), Figures.Count(summary.Paid.CustomerDays), Figures.Money(summary.TotalPurchases));
        if (summary.ReturnRows > 0)
            table.AddRow("returns", Figures.Count(summary.ReturnRows), "", "", "", Figures.Money(summary.TotalReturns));
        console.Draw(table);
    }

    private static void WriteRejected(IAnsiConsole console, ReadCounts read)
    {
        if (read.Summary.RejectedLines == 0)
            return;
        console.Title($"Unreadable lines: {Figures.Count(read.Summary.RejectedLines)}");
        Table table = Look.Table("reason", ">lines");
        foreach ((RejectReason reason, long count) in read.Summary.RejectedByReason.OrderByDescending(pair => pair.Value))
            table.AddRow(Words(reason), Figures.Count(count));
        console.Draw(table);
        foreach (RejectedRow row in read.Rejected.Take(ExamplesAReason))
            console.Say($" {row}");
        if (read.Summary.RejectedLines > ExamplesAReason)
            console.SayMarkup($"[{Theme.Faint}] ... and {Figures.Count(read.Summary.RejectedLines - ExamplesAReason)} more; --rejects FILE writes them all[/]");
    }

    private static string Orders(PurchaseCounts counts) => counts.Orders is { } orders ? Figures.Count(orders) : "-";

    /// <summary>BadDate as "bad date".</summary>
    private static string Words(RejectReason reason) => string.Concat(reason.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
