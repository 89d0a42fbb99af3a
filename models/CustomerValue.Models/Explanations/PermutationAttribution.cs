using CustomerValue.Data.Features;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Explanations;

/// <summary>Takes the churn log-odds of any model apart by asking it: features change one after another from a typical customer's to the customer's own.</summary>
/// <remarks>
/// The mean change of the answer at a feature's turn over random orders is its baseline Shapley value (Strumbelj and Kononenko 2014, algorithm 1; Sundararajan and Najmi 2020).
/// Each order is walked forth and back, which halves the noise of two (Mitchell et al. 2022). The changes of one walk add up to the whole, so contributions and base
/// add up to the score exactly, however few the orders. The orders are the same for every customer, so one alone gets the reasons it gets among many.
/// </remarks>
internal static class PermutationAttribution
{
    private const int Orders = 4;
    private const int Seed = 20_14;
    private const int CustomersAtOnce = 64;

    /// <param name="model">Answers for altered customers.</param>
    /// <param name="features">Features of the population.</param>
    /// <param name="rows">Rows of the customers to explain.</param>
    public static ChurnContributions Of(IFeatureModel model, FeatureTable features, int[] rows)
    {
        ChurnContributions parts = new(rows.Length);
        double typical = Logits(model, features.Schema, [[.. model.Typical]])[0];
        Array.Fill(parts.Base, typical);
        int[][] orders = Walks(features.Schema.Count);
        double[][] columns = [.. features.Schema.Features.Select(feature => parts.Column(feature.Name))];
        for (int start = 0; start < rows.Length; start += CustomersAtOnce)
            Explain(model, features, rows.AsSpan(start, Math.Min(CustomersAtOnce, rows.Length - start)), start, typical, orders, columns);
        return parts;
    }

    private static void Explain(IFeatureModel model, FeatureTable features, ReadOnlySpan<int> rows, int first, double typical, int[][] orders, double[][] columns)
    {
        List<float[]> altered = [];
        List<(int Customer, int Walk, int Feature)> steps = [];
        float[] own = new float[features.Schema.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            features.Row(rows[i], own);
            for (int walk = 0; walk < orders.Length; walk++)
            {
                float[] walking = [.. model.Typical];
                foreach (int feature in orders[walk].Where(feature => !walking[feature].Equals(own[feature])))
                {
                    walking[feature] = own[feature];
                    altered.Add([.. walking]);
                    steps.Add((first + i, walk, feature));
                }
            }
        }
        double[] answers = Logits(model, features.Schema, altered);
        double before = typical;
        for (int step = 0; step < answers.Length; step++)
        {
            (int customer, int walk, int feature) = steps[step];
            if (step > 0 && (steps[step - 1].Customer, steps[step - 1].Walk) != (customer, walk))
                before = typical;
            columns[feature][customer] += (answers[step] - before) / orders.Length;
            before = answers[step];
        }
    }

    private static int[][] Walks(int features)
    {
        Random random = new(Seed);
        List<int[]> walks = [];
        for (int k = 0; k < Orders; k++)
        {
            int[] order = [.. Enumerable.Range(0, features)];
            random.Shuffle(order);
            walks.Add(order);
            walks.Add([.. order.Reverse()]);
        }
        return [.. walks];
    }

    private static double[] Logits(IFeatureModel model, FeatureSchema schema, List<float[]> rows)
    {
        if (rows.Count == 0)
            return [];
        float[][] columns = [.. Enumerable.Range(0, schema.Count).Select(feature => rows.ConvertAll(row => row[feature]).ToArray())];
        return Array.ConvertAll(model.ChurnOf(FeatureTable.From(schema, columns)), Logit.OfInside);
    }
}
