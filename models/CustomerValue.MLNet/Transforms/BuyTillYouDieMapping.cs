using System.Collections.Concurrent;
using System.Globalization;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace CustomerValue.MLNet.Transforms;

/// <summary>Answers histories by the model that a text states. Programs that load a saved pipeline register this assembly: <c>ml.ComponentCatalog.RegisterAssembly(typeof(BuyTillYouDieTransforms).Assembly)</c>.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BuyTillYouDieMapping : CustomMappingFactory<HistoryRow, HistoryAnswer>
{
    public const string Contract = "CustomerValue.BuyTillYouDie";

    private static readonly ConcurrentDictionary<string, (ITransactionModel Model, double Weeks)> s_models = new(StringComparer.Ordinal);

    /// <summary>Model, horizon and parameters as one text: ML.NET saves a mapping by its name alone, so what it needs travels as a column.</summary>
    public static string TextOf(ITransactionModel model, int horizonDays) =>
        string.Create(CultureInfo.InvariantCulture, $"{model.Name} {horizonDays} {string.Join(' ', model.Parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={parameter.Value:R}")))}");

    public override Action<HistoryRow, HistoryAnswer> GetMapping() => Answer;

    public static void Answer(HistoryRow row, HistoryAnswer answer)
    {
        (ITransactionModel model, double weeks) = s_models.GetOrAdd(row.Model, Parse);
        PurchaseHistory history = new(row.X, row.Tx / DaysIn.Week, row.T / DaysIn.Week);
        answer.Purchases = model.ExpectedPurchases(history, weeks);
        answer.NoPurchase = model.ProbabilityOfNoPurchase(history, weeks);
        answer.Alive = model.ProbabilityAlive(history);
    }

    private static (ITransactionModel, double) Parse(string text)
    {
        string[] words = text.Split(' ');
        return (TransactionModels.Restore(words[0], words.Skip(2).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture))),
            double.Parse(words[1], CultureInfo.InvariantCulture) / DaysIn.Week);
    }
}

/// <summary>Columns that a mapping reads and writes, apart from whatever a user's are called.</summary>
internal static class HistoryColumns
{
    public const string X = "history.x", Tx = "history.t_x", T = "history.T", Model = "history.model", Purchases = "history.purchases", NoPurchase = "history.no_purchase", Alive = "history.alive";

    public static string[] All { get; } = [X, Tx, T, Model, Purchases, NoPurchase, Alive];
}

/// <summary>A customer's history, in days, and the model to ask.</summary>
internal sealed class HistoryRow
{
    [ColumnName(HistoryColumns.X)]
    public double X { get; set; }

    [ColumnName(HistoryColumns.Tx)]
    public double Tx { get; set; }

    [ColumnName(HistoryColumns.T)]
    public double T { get; set; }

    [ColumnName(HistoryColumns.Model)]
    public string Model { get; set; } = "";
}

/// <summary>What the model says.</summary>
internal sealed class HistoryAnswer
{
    [ColumnName(HistoryColumns.Purchases)]
    public double Purchases { get; set; }

    [ColumnName(HistoryColumns.NoPurchase)]
    public double NoPurchase { get; set; }

    [ColumnName(HistoryColumns.Alive)]
    public double Alive { get; set; }
}
