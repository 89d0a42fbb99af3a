using CustomerValue.Boosting;

namespace CustomerValue.Decisions.Uplift;

/// <summary>
/// Expected outcome by features. Money, mostly 0, is learnt in two parts: whether there is any, and how much where there is (Cragg 1971); where amounts are negative too, in one.
/// </summary>
/// <param name="Chance">Probability of an outcome above 0; null where money is learnt in one part.</param>
/// <param name="Amount">Expected amount, where there is one; null for outcomes of 1 and 0.</param>
internal sealed record OutcomeModel(Booster? Chance, Booster? Amount)
{
    public static OutcomeModel Fit(BoostingData features, float[] outcome, bool binary, BoostingRecipe recipe)
    {
        if (binary)
            return new OutcomeModel(recipe.Fit(features, outcome, Objectives.Logistic), null);
        if (outcome.Any(value => value < 0))
            return new OutcomeModel(null, recipe.Fit(features, outcome, Objectives.SquaredError));
        int[] some = [.. Enumerable.Range(0, outcome.Length).Where(row => outcome[row] > 0)];
        Booster chance = recipe.Fit(features, [.. outcome.Select(value => value > 0 ? 1f : 0)], Objectives.Logistic);
        return new OutcomeModel(chance, some.Length == 0 ? null : recipe.FitAmounts(features.Select(some), [.. some.Select(row => outcome[row])]));
    }

    public double[] Predict(BoostingData features)
    {
        double[] expected = new double[features.RowCount];
        if (Chance is null)
        {
            Amount!.Predict(features, expected);
            return expected;
        }
        Chance.Predict(features, expected);
        if (Amount is null)
            return expected;
        double[] amounts = new double[expected.Length];
        Amount.Predict(features, amounts);
        for (int row = 0; row < expected.Length; row++)
            expected[row] *= amounts[row];
        return expected;
    }
}
