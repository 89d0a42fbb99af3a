using CustomerValue.Data.Aggregates;

namespace CustomerValue.Data.Features;

/// <summary>The house's features for a catalogue, family by family; those whose aggregates are not in it are left out.</summary>
internal sealed class FeatureFormulas
{
    private readonly List<FeatureFormula> _formulas = [];

    private FeatureFormulas(AggregateCatalogue catalogue) => Catalogue = catalogue;

    public AggregateCatalogue Catalogue { get; }

    public static IReadOnlyList<FeatureFormula> For(AggregateCatalogue catalogue)
    {
        FeatureFormulas list = new(catalogue);
        RhythmFeatures.AddTo(list);
        WindowFeatures.AddTo(list);
        BasketFeatures.AddTo(list);
        MixFeatures.AddTo(list);
        SeasonFeatures.AddTo(list);
        FirstPurchaseFeatures.AddTo(list);
        return list._formulas;
    }

    /// <summary>Adds a numeric feature if the catalogue holds all the aggregates that it needs.</summary>
    public void Add(string name, string unit, string meaning, string reason, string[] needs, Func<FeatureInputs, Func<int, double>> bind) =>
        Add(new FeatureDefinition(name, unit, meaning, reason, FeatureKind.Numeric, []), needs, bind);

    /// <summary>Adds a feature if the catalogue holds all the aggregates that it needs.</summary>
    public void Add(FeatureDefinition definition, string[] needs, Func<FeatureInputs, Func<int, double>> bind)
    {
        if (Array.TrueForAll(needs, name => Catalogue.Find(name) >= 0))
            _formulas.Add(new FeatureFormula(definition, bind));
    }

    /// <summary>Adds an aggregate as it is.</summary>
    public void AddAggregate(string name, string aggregate, string unit, string meaning, string reason) =>
        Add(name, unit, meaning, reason, [aggregate], inputs =>
        {
            double[] values = inputs[aggregate];
            return row => values[row];
        });

    /// <summary>Adds one aggregate divided by another; missing where the second is not positive.</summary>
    public void AddRatio(string name, string numerator, string denominator, string unit, string meaning, string reason) =>
        Add(name, unit, meaning, reason, [numerator, denominator], inputs =>
        {
            double[] above = inputs[numerator], below = inputs[denominator];
            return row => FeatureMath.Ratio(above[row], below[row]);
        });
}
