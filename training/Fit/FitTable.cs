using System.Globalization;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Fit;

/// <summary>A fit as people read it: parameters in words, or all models beside each other.</summary>
internal static class FitTable
{
    /// <summary>One model with its parameters.</summary>
    public static void Write(IAnsiConsole console, FitOutcome outcome, FittedModel model)
    {
        console.Title($"{model.Name} on {Figures.Count(model.Fit.Customers)} customers to {Figures.Day(outcome.Sample.Aggregates.Window.LastObservedDay)} ({outcome.Sample.Unit.Name}s)");
        console.Draw(Parameters(model.Fit.Model.Parameters));
        console.SayMarkup($"[{Theme.Faint}] log-likelihood[/] {Figures.Number(model.Fit.LogLikelihood, 3)}  [{Theme.Faint}]AIC[/] {Figures.Number(model.Fit.Aic, 1)}  [{Theme.Faint}]BIC[/] {Figures.Number(model.Fit.Bic, 1)}  [{Theme.Faint}]fitted in[/] {Figures.Duration(TimeSpan.FromSeconds(model.Seconds))}");
    }

    /// <summary>All models by AIC, and the tests of those that contain one another.</summary>
    public static void Write(IAnsiConsole console, FitOutcome outcome)
    {
        console.Title($"Models on {Figures.Count(outcome.Sample.Count)} customers to {Figures.Day(outcome.Sample.Aggregates.Window.LastObservedDay)} ({outcome.Sample.Unit.Name}s), by AIC");
        Dictionary<string, FittedModel> models = outcome.Models.ToDictionary(model => model.Name);
        Table table = Look.Table("model", ">log-likelihood", ">AIC", ">BIC", ">weight", ">time", "parameters");
        table.Columns[6].NoWrap = false;
        foreach (ComparedModel line in ModelComparison.Compare([.. outcome.Models.Select(model => model.Fit)]))
            table.AddRow(line.Name, Figures.Number(line.LogLikelihood, 3), Figures.Number(line.Aic, 1), Figures.Number(line.Bic, 1), Figures.Percent(line.AkaikeWeight),
                Figures.Duration(TimeSpan.FromSeconds(models[line.Name].Seconds)), string.Join(' ', models[line.Name].Fit.Model.Parameters.Select(parameter => $"{parameter.Name} {Significant(parameter.Value)}")));
        console.Draw(table);
        console.SayMarkup($"[{Theme.Faint}] smaller AIC and BIC are better; weight: share of belief by AIC[/]");
        IReadOnlyList<NestedTest> tests = NestedModels.Tests(outcome.Models);
        if (tests.Count == 0)
            return;
        console.Title("Likelihood ratio: is the simpler model enough?");
        Table ratios = Look.Table("simpler", "contained in", ">statistic", ">more parameters", ">p");
        foreach (NestedTest test in tests)
            ratios.AddRow(test.Restricted, test.General, Figures.Number(test.Test.Statistic, 2), Figures.Count(test.Test.DegreesOfFreedom), test.Test.PValue < 0.0001 ? "< 0.0001" : Figures.Number(test.Test.PValue, 4));
        console.Draw(ratios);
        console.SayMarkup($"[{Theme.Faint}] a small p speaks against the simpler model[/]");
    }

    /// <summary>Gamma-Gamma spend.</summary>
    public static void Write(IAnsiConsole console, FitResult<GammaGamma> spend)
    {
        console.Title($"{spend.Model.Name} on {Figures.Count(spend.Customers)} customers with repeat purchases");
        console.Draw(Parameters(spend.Model.Parameters));
        console.SayMarkup($"[{Theme.Faint}] log-likelihood[/] {Figures.Number(spend.LogLikelihood, 3)}  [{Theme.Faint}]mean spend of a purchase day over all customers[/] {Figures.Money(spend.Model.PopulationMeanSpend)}");
    }

    private static Table Parameters(IReadOnlyList<ModelParameter> parameters)
    {
        Table table = Look.Table("parameter", ">value", ">std. error", "meaning");
        table.Columns[3].NoWrap = false;
        foreach (ModelParameter parameter in parameters)
            table.AddRow(parameter.Name, Significant(parameter.Value), Significant(parameter.StandardError), parameter.Meaning.EscapeMarkup());
        return table;
    }

    private static string Significant(double value) => double.IsFinite(value) ? value.ToString("G5", CultureInfo.InvariantCulture) : "-";
}
