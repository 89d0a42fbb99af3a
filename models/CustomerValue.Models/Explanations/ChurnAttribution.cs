using CustomerValue.Boosting;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Explanations;

/// <summary>Takes a model's churn log-odds apart, following how the model puts them together.</summary>
internal static class ChurnAttribution
{
    /// <summary>More customers are explained as a table.</summary>
    private const int FewRows = 2;

    public static ChurnContributions Of(ICustomerModel model, Snapshot snapshot, int[] rows) => model switch
    {
        PerTargetModel combined => Of(combined.Churn, snapshot, rows),
        AverageModel average => OfAverage(average, snapshot, rows),
        Blend blend => OfBlend(blend, snapshot, rows),
        BoostedModel boosted => OfTrees(boosted, snapshot, rows),
        IFeatureModel { ChurnTrees: { } trees } => OfForest(trees, snapshot, rows),
        IFeatureModel features => PermutationAttribution.Of(features, snapshot.Features, rows),
        SeasonalPrior seasonal => OfRhythm(seasonal, snapshot, rows, seasonal.Level.At(snapshot.Window.Cutoff).Churn),
        _ => OfRhythm(model, snapshot, rows, 0),
    };

    private static ChurnContributions OfAverage(AverageModel average, Snapshot snapshot, int[] rows)
    {
        ChurnContributions mixed = new(rows.Length);
        for (int part = 0; part < average.Parts.Count; part++)
            mixed.Add(Of(average.Parts[part], snapshot, rows), average.Weights[part]);
        return mixed;
    }

    private static ChurnContributions OfBlend(Blend blend, Snapshot snapshot, int[] rows)
    {
        ChurnContributions mixed = new(rows.Length);
        for (int part = 0; part < blend.Parts.Count; part++)
        {
            ChurnContributions own = Of(blend.Models[part], snapshot, rows);
            double shift = blend.ChurnShiftAt(part, snapshot.Window.Cutoff);
            for (int i = 0; i < rows.Length; i++)
                own.Base[i] += shift;
            mixed.Add(own, blend.Parts[part].Churn);
        }
        if (blend.ChurnCurveAt(snapshot.Window) is { } curve)
            mixed.Move(curve);
        return mixed;
    }

    /// <summary>A model without features: all is rhythm but the level that is the same for everyone.</summary>
    private static ChurnContributions OfRhythm(ICustomerModel model, Snapshot snapshot, int[] rows, double level)
    {
        Forecast forecast = model.Predict(snapshot, snapshot.Window.Horizon);
        ChurnContributions parts = new(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            parts.Base[i] = level;
            parts.Rhythm[i] = Logit.OfInside(forecast.ChurnProbability[rows[i]]) - level;
        }
        return parts;
    }

    private static ChurnContributions OfTrees(BoostedModel model, Snapshot snapshot, int[] rows)
    {
        PriorView? view = model.FromPrior ? model.Prior.View(snapshot, snapshot.Window.Horizon) : null;
        ChurnContributions parts = new(rows.Length);
        if (view is not null)
        {
            double level = model.Level.At(snapshot.Window.Cutoff).Churn;
            for (int i = 0; i < rows.Length; i++)
                (parts.Base[i], parts.Rhythm[i]) = (level, view.ChurnLogit(rows[i]));
        }

        IReadOnlyList<Booster> bag = model.Targets.Single(target => target.Target == Target.Churn).Boosters;
        if (rows.Length <= FewRows && model.RowsOf(snapshot.Features.Schema) is { } scorer)
            AddRows(bag, scorer, snapshot, view ?? model.Prior.View(snapshot, snapshot.Window.Horizon), rows, parts, view is not null, model.MoneyUnit);
        else
            AddBag(bag, new([.. BoostingInputs.Of(snapshot, view, model.Targets[0].Boosters[0], model.MoneyUnit).Columns.Select(column => column.Select(rows))]), parts, view is not null);
        return parts;
    }

    /// <summary>Few customers row by row: nothing is laid out as a table.</summary>
    private static void AddRows(IReadOnlyList<Booster> bag, RowScorer scorer, Snapshot snapshot, PriorView view, int[] rows, ChurnContributions parts, bool fromPrior, double moneyUnit)
    {
        double[][] columns = [.. bag[0].Features.Select(feature => parts.Column(feature.Name))];
        double[] values = new double[bag[0].ContributionsWidth];
        float[] row = new float[scorer.Width];
        double zero = 0, weight = 1.0 / bag.Count;
        for (int i = 0; i < rows.Length; i++)
        {
            scorer.Fill(row, snapshot.Features, view, rows[i], moneyUnit);
            foreach (Booster booster in bag)
            {
                booster.Contributions(row, values, fromPrior ? new ReadOnlySpan<double>(in zero) : default);
                for (int f = 0; f < columns.Length; f++)
                    columns[f][i] += weight * values[f];
                parts.Base[i] += weight * values[^1];
            }
        }
    }

    /// <summary>Trees over the features alone, of a model whose other targets are no trees.</summary>
    private static ChurnContributions OfForest(BoostedTarget trees, Snapshot snapshot, int[] rows)
    {
        ChurnContributions parts = new(rows.Length);
        AddBag(trees.Boosters, new BoostingData([.. BoostingInputs.Of(snapshot, null).Columns.Select(column => column.Select(rows))]), parts, fromPrior: false);
        return parts;
    }

    private static void AddBag(IReadOnlyList<Booster> bag, BoostingData data, ChurnContributions parts, bool fromPrior)
    {
        foreach (Booster booster in bag)
            AddTrees(booster, data, parts, 1.0 / bag.Count, fromPrior);
    }

    /// <summary>TreeSHAP of one booster; where it starts from the prior, a start of zero leaves the prior's share to the rhythm.</summary>
    private static void AddTrees(Booster booster, BoostingData data, ChurnContributions parts, double weight, bool fromPrior)
    {
        int width = booster.ContributionsWidth;
        double[] values = new double[data.RowCount * width];
        booster.Contributions(data, values, fromPrior ? new double[data.RowCount] : default);
        for (int f = 0; f < booster.Features.Count; f++)
        {
            double[] column = parts.Column(booster.Features[f].Name);
            for (int i = 0; i < column.Length; i++)
                column[i] += weight * values[i * width + f];
        }
        for (int i = 0; i < data.RowCount; i++)
            parts.Base[i] += weight * values[i * width + width - 1];
    }
}
