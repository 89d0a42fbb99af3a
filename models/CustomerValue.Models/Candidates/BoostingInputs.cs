using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Candidates;

/// <summary>Turns snapshots into the booster's columns: features by name, and the prior's answers where boosting starts from it.</summary>
public static class BoostingInputs
{
    /// <summary>What the prior adds to the features.</summary>
    public static IReadOnlyList<FeatureDefinition> PriorFeatures { get; } =
    [
        FeatureDefinition.Appended("prior_purchases", "purchases", "Expected purchases within the horizon by the buy-till-you-die prior.", "the buying rhythm so far suggests {value} purchases within the horizon"),
        FeatureDefinition.Appended("prior_no_purchase", "probability", "Probability of no purchase within the horizon by the prior.", "the buying rhythm so far puts the chance of no purchase at {value}"),
        FeatureDefinition.Appended("prior_alive", "probability", "Probability of being alive by the prior.", "the chance of still being a customer is {value}"),
        FeatureDefinition.Appended("prior_spend_per_purchase", "money", "Expected money of a purchase day by the prior.", "a purchase is worth about {value}"),
        FeatureDefinition.Appended("prior_spend", "money", "Expected money within the horizon by the prior.", "the buying rhythm so far suggests a spend of {value}"),
    ];

    /// <summary>Which of the <see cref="PriorFeatures"/> has this name; -1 for none.</summary>
    internal static int IndexOfPrior(string name)
    {
        for (int i = 0; i < PriorFeatures.Count; i++)
            if (PriorFeatures[i].Name == name)
                return i;
        return -1;
    }

    /// <summary>Features that say when a snapshot was taken; where boosting starts from the prior, season enters by the level alone.</summary>
    private static bool IsSeasonOfCutoff(string name) => name.StartsWith("cutoff_", StringComparison.Ordinal) || name.StartsWith("horizon_middle_", StringComparison.Ordinal);

    /// <summary>Columns of one snapshot.</summary>
    /// <param name="snapshot">Customers with features.</param>
    /// <param name="prior">The prior's answers where boosting starts from it; else null.</param>
    public static BoostingData Of(Snapshot snapshot, PriorView? prior) => Stack([(snapshot, prior)]);

    /// <summary>Columns of one snapshot as a model was trained on them; older models know logarithms of money.</summary>
    internal static BoostingData Of(Snapshot snapshot, PriorView? prior, Booster model, double moneyUnit) =>
        Stack([(snapshot, prior)], moneyUnit, forTraining: !model.Features.Any(feature => feature.Name.StartsWith("log_spend_", StringComparison.Ordinal)));

    /// <summary>Logarithms of money say no more to trees than the money itself, and their cuts between two customers would depend on the currency.</summary>
    private static bool IsLogOfMoney(FeatureDefinition feature) => feature.Unit == "log money";

    internal static BoostingData Stack(IReadOnlyList<(Snapshot Snapshot, PriorView? Prior)> parts, double moneyUnit = 1, bool forTraining = false, Func<int, FeatureColumn>? columnOf = null)
    {
        int rows = parts.Sum(part => part.Snapshot.Count);
        bool fromPrior = parts[0].Prior is not null;
        FeatureSchema schema = parts[0].Snapshot.Features.Schema;
        FeatureTable[] tables = [.. parts.Select(part => part.Snapshot.Features)];
        List<FeatureColumn> columns = [];
        for (int f = 0; f < schema.Count; f++)
            if (!(fromPrior && IsSeasonOfCutoff(schema.Features[f].Name)) && !(forTraining && IsLogOfMoney(schema.Features[f])))
                columns.Add(columnOf?.Invoke(f) ?? Column(tables, f));
        if (fromPrior)
            for (int p = 0; p < PriorFeatures.Count; p++)
                columns.Add(FeatureColumn.Numeric(PriorFeatures[p].Name, PriorColumn(parts, p, rows, moneyUnit)));
        return new BoostingData(columns);
    }

    /// <summary>A feature of several tables, one below another; of one, its own memory.</summary>
    internal static FeatureColumn Column(IReadOnlyList<FeatureTable> tables, int feature)
    {
        FeatureDefinition definition = tables[0].Schema.Features[feature];
        ReadOnlyMemory<float> values = tables is [var only] ? only.Column(feature) : Stacked();
        return definition.Kind == FeatureKind.Categorical ? FeatureColumn.Categorical(definition.Name, values, definition.Levels) : FeatureColumn.Numeric(definition.Name, values);

        float[] Stacked()
        {
            float[] stacked = new float[tables.Sum(table => table.RowCount)];
            int at = 0;
            foreach (FeatureTable table in tables)
            {
                table.Column(feature).Span.CopyTo(stacked.AsSpan(at));
                at += table.RowCount;
            }
            return stacked;
        }
    }

    private static float[] PriorColumn(IReadOnlyList<(Snapshot Snapshot, PriorView? Prior)> parts, int feature, int rows, double moneyUnit)
    {
        float[] values = new float[rows];
        int at = 0;
        foreach ((_, PriorView? view) in parts)
            for (int i = 0; i < view!.Count; i++)
                values[at++] = PriorValue(view, feature, i, moneyUnit);
        return values;
    }

    /// <summary>A row's value of one of the <see cref="PriorFeatures"/>.</summary>
    internal static float PriorValue(PriorView view, int feature, int row, double moneyUnit) => (float)(feature switch
    {
        0 => view.Purchases[row],
        1 => view.NoPurchase[row],
        2 => view.Alive[row],
        3 => Coarse(view.PerPurchase[row], moneyUnit),
        _ => Coarse(view.Spend(row), moneyUnit),
    });

    /// <summary>Money to one part in 65,536: customers whom a fit's last digits alone would tell apart are alike, in any currency.</summary>
    private static double Coarse(double money, double unit)
    {
        const int dropped = 36;
        long bits = BitConverter.DoubleToInt64Bits(money / unit);
        return unit * BitConverter.Int64BitsToDouble((bits + (1L << (dropped - 1))) >> dropped << dropped);
    }
}
