using System.Runtime.CompilerServices;
using CustomerValue.Boosting;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Candidates;

/// <summary>A prior's answers as columns of formulas, and what boosting makes of them: margins to start from, and features.</summary>
internal sealed class PriorFormulas
{
    private const double Least = 1e-6;

    private readonly Formula _purchases, _noPurchase, _alive, _perPurchase, _spend;

    /// <param name="prior">The prior.</param>
    /// <param name="inputs">Where its answers become columns, in full precision.</param>
    public PriorFormulas(IPriorModel prior, FormulaInputs inputs)
    {
        ConditionalWeakTable<Snapshot, PriorView> views = [];
        InputFormula Answer(string name, string meaning, Func<PriorView, double[]> read) =>
            inputs.Number(name, $"{meaning} by {prior.Name}, over {inputs.HorizonDays} days.", snapshot => read(views.GetValue(snapshot, known => prior.View(known, inputs.HorizonDays))));
        _purchases = Answer("prior_purchases", "Expected purchases", view => view.Purchases);
        _noPurchase = Answer("prior_no_purchase", "Probability of no purchase", view => view.NoPurchase);
        _alive = inputs.Number("prior_alive", $"Probability of being alive by {prior.Name}.", snapshot => views.GetValue(snapshot, known => prior.View(known, inputs.HorizonDays)).Alive);
        _perPurchase = inputs.Number("prior_spend_per_purchase", $"Expected money of a purchase day by {prior.Name}.", snapshot => views.GetValue(snapshot, known => prior.View(known, inputs.HorizonDays)).PerPurchase);
        _spend = _purchases * _perPurchase;
    }

    /// <summary>As <see cref="BoostedModel.Margins"/>.</summary>
    public Formula Margin(Target target, LevelCurve level, double moneyUnit, FormulaInputs inputs) => target switch
    {
        Target.Churn => Formula.LogitInside(_noPurchase, Least) + inputs.ByDay(day => level.At(day).Churn),
        Target.Purchases => Formula.Log(_purchases + Least) + inputs.ByDay(day => level.At(day).Purchases),
        _ => Formula.Log(_spend / moneyUnit + Least) + inputs.ByDay(day => level.At(day).Spend),
    };

    /// <summary>As <see cref="BoostingInputs.PriorValue"/>.</summary>
    /// <returns>Null where the prior adds no feature of that name.</returns>
    public Formula? Feature(string name, double moneyUnit) => BoostingInputs.IndexOfPrior(name) switch
    {
        0 => Formula.Single(_purchases),
        1 => Formula.Single(_noPurchase),
        2 => Formula.Single(_alive),
        3 => Formula.Single(Coarse(_perPurchase, moneyUnit)),
        4 => Formula.Single(Coarse(_spend, moneyUnit)),
        _ => null,
    };

    /// <summary>Money to 17 significant bits by Veltkamp's splitting (Dekker 1971), which rounds to nearest; a tie goes up, as where bits are cut.</summary>
    private static Formula Coarse(Formula money, double unit)
    {
        const double splitter = (1L << 36) + 1;
        Formula amount = money / unit, near = Short(amount), rest = amount - near, above = near + 2 * rest;
        return unit * Formula.WhereAbove(rest, 0, Formula.WhereAbove(above, Short(above), near, Formula.WhereAbove(Short(above), above, near, above)), near);

        static Formula Short(Formula of)
        {
            Formula wide = splitter * of;
            return wide - (wide - of);
        }
    }

    /// <summary>The features of boosters as formulas.</summary>
    /// <exception cref="NotSupportedException">The version has no such feature, or a category with other levels.</exception>
    public static Formula[] Features(IReadOnlyList<ModelFeature> features, FormulaInputs inputs, PriorFormulas? prior, double moneyUnit) => [.. features.Select(feature =>
        inputs.Feature(feature.Name) is { } known ? known.Input.Levels.SequenceEqual(feature.Levels, StringComparer.Ordinal) ? known
            : throw new NotSupportedException($"trees know feature '{feature.Name}' with other levels than the version does")
        : prior?.Feature(feature.Name, moneyUnit) ?? throw new NotSupportedException($"trees ask for feature '{feature.Name}', which the version does not have"))];
}
