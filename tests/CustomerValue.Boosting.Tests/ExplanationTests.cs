namespace CustomerValue.Boosting.Tests;

public sealed class ExplanationTests
{
    [Fact]
    public void Contributions_add_up_to_the_raw_score()
    {
        TrainingRows rows = Tables.Binary(3000);
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.Logistic, Rounds = 30 }).Model;
        double[] raw = model.Raw(rows.Data), contributions = new double[rows.Data.RowCount * model.ContributionsWidth];
        model.Contributions(rows.Data, contributions);
        for (int row = 0; row < raw.Length; row++)
            contributions.AsSpan(row * model.ContributionsWidth, model.ContributionsWidth).ToArray().Sum().Should().BeApproximately(raw[row], 1e-9);
    }

    [Fact]
    public void Contributions_of_three_outputs_add_up_to_each()
    {
        TrainingRows rows = Tables.Amounts(500);
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.ZeroInflatedLognormal, Rounds = 10 }).Model;
        double[] raw = model.Raw(rows.Data), contributions = new double[rows.Data.RowCount * model.ContributionsWidth];
        model.Contributions(rows.Data, contributions);
        int width = rows.Data.Columns.Count + 1;
        for (int i = 0; i < raw.Length; i++)
            contributions.AsSpan(i * width, width).ToArray().Sum().Should().BeApproximately(raw[i], 1e-9);
    }

    /// <summary>Averages over all orders of the features, with the expectation by cover where a feature is unknown.</summary>
    [Fact]
    public void Contributions_are_the_averages_over_all_orders()
    {
        TrainingRows rows = Tables.Binary(800, features: 4);
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.Logistic, Rounds = 3, MaxLeaves = 12 }).Model;
        double[] contributions = new double[rows.Data.RowCount * 5];
        model.Contributions(rows.Data, contributions);
        for (int row = 0; row < 20; row++)
        {
            float[] values = [.. rows.Data.Columns.Select(column => column.Values.Span[row])];
            for (int feature = 0; feature < 4; feature++)
                contributions[row * 5 + feature].Should().BeApproximately(ByDefinition(model, values, feature), 1e-10);
        }
    }

    private static double ByDefinition(Booster model, float[] values, int feature)
    {
        int[] factorial = [1, 1, 2, 6, 24];
        double sum = 0;
        for (int known = 0; known < 16; known++)
        {
            if ((known >> feature & 1) != 0)
                continue;
            int size = int.PopCount(known);
            double weight = (double)factorial[size] * factorial[3 - size] / factorial[4];
            foreach (Tree tree in model.Trees)
                sum += weight * (Expectation(tree, 0, values, known | 1 << feature) - Expectation(tree, 0, values, known));
        }
        return sum;
    }

    private static double Expectation(Tree tree, int at, float[] values, int known)
    {
        TreeNode node = tree.Nodes[at];
        if (node.IsLeaf)
            return node.Value;
        double left = Expectation(tree, node.Left, values, known), right = Expectation(tree, node.Left + 1, values, known);
        if ((known >> node.Feature & 1) == 0)
            return (left * tree.Nodes[node.Left].Cover + right * tree.Nodes[node.Left + 1].Cover) / node.Cover;
        float value = values[node.Feature];
        return (float.IsNaN(value) ? node.MissingLeft : value < node.Threshold) ? left : right;
    }
}
