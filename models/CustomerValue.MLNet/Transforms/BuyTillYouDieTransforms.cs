using CustomerValue.BuyTillYouDie;
using CustomerValue.MLNet.Transforms;
using Microsoft.ML;

namespace CustomerValue.MLNet;

/// <summary>Buy-till-you-die models in ML.NET's catalogue of transforms.</summary>
public static class BuyTillYouDieTransforms
{
    /// <summary>Adds <c>prior_purchases</c>, <c>prior_no_purchase</c> and <c>prior_alive</c> by a fitted model, a Double each.</summary>
    /// <remarks>A saved pipeline holds the model's parameters, and its arithmetic by name: to load it, register this assembly (<c>ml.ComponentCatalog.RegisterAssembly</c>).</remarks>
    /// <param name="catalog">ML.NET's catalogue.</param>
    /// <param name="x">Column of repeat purchase days: a number.</param>
    /// <param name="tx">Column of days from the first to the last purchase.</param>
    /// <param name="age">Column of days from the first purchase to the last day observed.</param>
    /// <param name="model">The model, fitted in weeks.</param>
    /// <param name="horizonDays">Days ahead.</param>
    /// <param name="prefix">What the names of the new columns begin with.</param>
    public static IEstimator<ITransformer> BuyTillYouDie(this TransformsCatalog catalog, string x, string tx, string age, ITransactionModel model, int horizonDays, string prefix = "prior_")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizonDays, 1);
        return catalog.Expression(HistoryColumns.X, "value : double(value)", x)
            .Append(catalog.Expression(HistoryColumns.Tx, "value : double(value)", tx))
            .Append(catalog.Expression(HistoryColumns.T, "value : double(value)", age))
            .Append(catalog.Expression(HistoryColumns.Model, $"value : \"{BuyTillYouDieMapping.TextOf(model, horizonDays)}\"", x))
            .Append(catalog.CustomMapping<HistoryRow, HistoryAnswer>(BuyTillYouDieMapping.Answer, BuyTillYouDieMapping.Contract))
            .Append(catalog.CopyColumns(prefix + "purchases", HistoryColumns.Purchases))
            .Append(catalog.CopyColumns(prefix + "no_purchase", HistoryColumns.NoPurchase))
            .Append(catalog.CopyColumns(prefix + "alive", HistoryColumns.Alive))
            .Append(catalog.DropColumns(HistoryColumns.All));
    }
}
