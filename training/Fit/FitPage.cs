using System.Globalization;
using System.Text;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Fit;

/// <summary>A fit as one HTML file with its plots: no script, no request.</summary>
internal static class FitPage
{
    private const string Style = """
        body { margin: 0; color: #22272c; background: #fff; font: 15px/1.55 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
        main { max-width: 760px; margin: 0 auto; padding: 40px 20px 64px; }
        h1 { font-size: 21px; font-weight: 600; } h2 { font-size: 17px; font-weight: 600; margin: 40px 0 4px; }
        p { margin: 6px 0 10px; } .quiet, figcaption { color: #5d666f; font-size: 13px; }
        figure { margin: 8px 0 0; } svg { width: 100%; height: auto; display: block; }
        svg text { font-size: 11px; fill: #5d666f; } .end { text-anchor: end; } .middle { text-anchor: middle; }
        .grid { stroke: #e6e9ec; } .cutoff { stroke: #a3a9b0; stroke-dasharray: 2 3; }
        polyline { fill: none; stroke-width: 2; } polyline.actual { stroke: #3a3f45; } polyline.expected { stroke: #c77d1e; stroke-dasharray: 6 3; }
        polyline.alive { stroke: #1f6f9f; } polyline.purchase { stroke: #3a3f45; stroke-width: 1; }
        rect.actual { fill: #3a3f45; } rect.expected { fill: #c77d1e; }
        .key::before { content: ""; display: inline-block; width: 18px; height: 4px; margin: 0 6px 3px 0; } .key { margin-right: 18px; }
        .key.actual::before { background: #3a3f45; } .key.expected::before { background: #c77d1e; } .key.alive::before { background: #1f6f9f; }
        table { border-collapse: collapse; font-size: 13.5px; } th, td { text-align: left; padding: 3px 18px 3px 0; border-bottom: 1px solid #dfe3e8; } .n { text-align: right; }
        @media print { main { max-width: none; padding: 0; } figure { break-inside: avoid; } }
        """;

    /// <summary>Draws the page.</summary>
    public static string Render(FittedModel model, FitCurves curves)
    {
        FitSample sample = curves.Sample;
        string days = $"{Figures.Day(sample.Log.FirstDay)} to {Figures.Day(sample.Aggregates.Window.LastObservedDay)}";
        string title = SvgPlot.Encode($"{model.Name} on {Figures.Count(sample.Count)} customers, {days}");
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><link rel="icon" href="data:,">
            <title>{title}</title><style>{Style}</style></head>
            <body><main><h1>{title}</h1>
            <p class="quiet">Log-likelihood {Figures.Number(model.Fit.LogLikelihood, 3)}, AIC {Figures.Number(model.Fit.Aic, 1)}, BIC {Figures.Number(model.Fit.Bic, 1)}; time in {sample.Unit.Name}s.</p>

            """);
        AppendParameters(page, model.Fit.Model);
        AppendTracking(page, curves);
        AppendFrequencies(page, curves);
        AppendCustomer(page, curves);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AppendParameters(StringBuilder page, ITransactionModel model)
    {
        page.Append("<table><thead><tr><th>parameter</th><th class=\"n\">value</th><th class=\"n\">std. error</th><th>meaning</th></tr></thead><tbody>\n");
        foreach (ModelParameter parameter in model.Parameters)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{parameter.Name}</td><td class=\"n\">{parameter.Value:G5}</td><td class=\"n\">{(double.IsFinite(parameter.StandardError) ? parameter.StandardError : "-"):G4}</td><td>{SvgPlot.Encode(parameter.Meaning)}</td></tr>\n");
        page.Append("</tbody></table>\n");
    }

    private static void AppendTracking(StringBuilder page, FitCurves curves)
    {
        const string About = "Repeat purchases of the customers fitted on. After the upright line, the cutoff, nothing was known to the model. The model knows no season.";
        double cutoff = curves.Sample.Cutoff.DayNumber - curves.Sample.Log.FirstDay.DayNumber;
        foreach ((string heading, string yTitle, IReadOnlyList<double> actual, IReadOnlyList<double> expected) in ((string, string, IReadOnlyList<double>, IReadOnlyList<double>)[])
            [("Repeat purchases a week", "repeat purchases a week", curves.ActualWeekly, curves.ExpectedWeekly),
             ("Repeat purchases so far", "repeat purchases so far", FitCurves.Cumulative(curves.ActualWeekly), FitCurves.Cumulative(curves.ExpectedWeekly))])
            AppendPlot(page, heading, About, [("actual", "actual"), ("expected", $"expected by {curves.Model}")], SvgPlot.Lines(
                string.Create(CultureInfo.InvariantCulture, $"{heading} over {actual.Count} weeks: {actual.Sum():0} actual beside {expected.Sum():0} expected, in the last week {actual[^1]:0} and {expected[^1]:0}"),
                PlotAxis.Days(curves.Sample.Log.FirstDay, DaysIn.Week * actual.Count), PlotAxis.Above(yTitle, Math.Max(actual.Max(), expected.Max())),
                [new PlotLine("actual", "actual", ByWeek(actual)), new PlotLine("expected", "expected", ByWeek(expected))], cutoff));
    }

    private static void AppendFrequencies(StringBuilder page, FitCurves curves)
    {
        int last = curves.ActualFrequencies.Count - 1;
        string[] names = [.. Enumerable.Range(0, last + 1).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count}{(count == last ? "+" : "")}"))];
        AppendPlot(page, "Customers by number of repeat purchases", "Before the cutoff.", [("actual", "actual"), ("expected", $"expected by {curves.Model}")], SvgPlot.Columns(
            string.Create(CultureInfo.InvariantCulture, $"Customers by repeat purchases: {curves.ActualFrequencies[0]:0} without any beside {curves.ExpectedFrequencies[0]:0} expected"),
            "repeat purchases", names, PlotAxis.Above("customers", Math.Max(curves.ActualFrequencies.Max(), curves.ExpectedFrequencies.Max())),
            [("actual", curves.ActualFrequencies), ("expected", curves.ExpectedFrequencies)]));
    }

    private static void AppendCustomer(StringBuilder page, FitCurves curves)
    {
        CustomerPath path = curves.Customer;
        IEnumerable<PlotLine> purchases = path.Purchases.Select(day => new PlotLine("", "purchase", [(day, 0), (day, 0.04)]));
        AppendPlot(page, $"P(alive) of customer {path.Id}", "The probability of not having left for good, each day from what was known then; the marks below are purchases.", [("alive", "P(alive)")], SvgPlot.Lines(
            string.Create(CultureInfo.InvariantCulture, $"P(alive) of customer {path.Id} over {path.Moments[^1]:0} days with {path.Purchases.Count} purchases, {path.Alive[^1]:0.00} at the end"),
            PlotAxis.Days(path.FirstPurchase, path.Moments[^1]), new PlotAxis("P(alive)", 1, 0.2, share => share.ToString("0.0", CultureInfo.InvariantCulture)),
            [.. purchases, new PlotLine("P(alive)", "alive", [.. path.Moments.Zip(path.Alive)])], curves.Sample.Cutoff.DayNumber - path.FirstPurchase.DayNumber));
    }

    private static (double X, double Y)[] ByWeek(IReadOnlyList<double> values) => [.. values.Select((value, week) => ((double)DaysIn.Week * (week + 1), value))];

    private static void AppendPlot(StringBuilder page, string heading, string caption, IReadOnlyList<(string Class, string Name)> legend, string svg)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{SvgPlot.Encode(heading)}</h2>\n<figure><div class=\"quiet\">");
        foreach ((string style, string name) in legend)
            page.Append(CultureInfo.InvariantCulture, $"<span class=\"key {style}\">{SvgPlot.Encode(name)}</span>");
        page.Append(CultureInfo.InvariantCulture, $"</div>\n{svg}<figcaption>{SvgPlot.Encode(caption)}</figcaption></figure>\n");
    }
}
