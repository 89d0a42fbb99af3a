using CustomerValue.Boosting;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Decisions.Uplift;

/// <summary>How customers came into arms. Where features do not tell, by chance: every row has the arm's share as probability; else the probabilities are estimated.</summary>
/// <param name="Propensity">Probability of each arm, by arm and row.</param>
/// <param name="Auc">How well features tell each treated arm from control, on rows not learnt from.</param>
/// <param name="IsRandomised">Whether they tell nothing.</param>
internal sealed record Assignment(double[][] Propensity, double[] Auc, bool IsRandomised)
{
    /// <summary>An AUC counts as telling something from here on, and beyond four standard errors.</summary>
    private const double SuspiciousAuc = 0.55, Errors = 4;

    /// <summary>Rarer than this no arm is taken to be for anybody: a row would count for too many.</summary>
    private const double LeastPropensity = 0.02;

    public static Assignment Of(UpliftTable table, int[] fold, int folds, BoostingRecipe recipe)
    {
        double[][] odds = [.. table.Arms.Select(_ => new double[table.Count])];
        double[] auc = new double[table.Arms.Count - 1];
        bool random = true;
        for (int a = 1; a < table.Arms.Count; a++)
        {
            double[] probability = new double[table.Count];
            for (int part = 0; part < folds; part++)
            {
                int[] known = [.. Enumerable.Range(0, table.Count).Where(row => fold[row] != part && (table.Arm[row] == a || table.Arm[row] == 0))], unseen = [.. Enumerable.Range(0, table.Count).Where(row => fold[row] == part)];
                Booster model = recipe.Fit(table.Features.Select(known), Array.ConvertAll(known, row => table.Arm[row] == a ? 1f : 0), Objectives.Logistic);
                double[] scored = new double[unseen.Length];
                model.Predict(table.Features.Select(unseen), scored);
                for (int k = 0; k < unseen.Length; k++)
                    probability[unseen[k]] = scored[k];
            }
            int[] both = [.. Enumerable.Range(0, table.Count).Where(row => table.Arm[row] == a || table.Arm[row] == 0)];
            auc[a - 1] = Ranking.AreaUnderCurve(Array.ConvertAll(both, row => probability[row]), Array.ConvertAll(both, row => table.Arm[row] == a));
            double error = Math.Sqrt((both.Length + 1.0) / (12.0 * table.Counts[a] * table.Counts[0]));
            random &= !(auc[a - 1] > SuspiciousAuc && auc[a - 1] > 0.5 + Errors * error);
            for (int row = 0; row < table.Count; row++)
                odds[a][row] = probability[row] / Math.Max(1e-6, 1 - probability[row]);
        }
        return new Assignment([.. table.Arms.Select((_, a) => Enumerable.Range(0, table.Count).Select(row => random ? table.Share(a) : Probability(odds, a, row)).ToArray())], auc, random);
    }

    private static double Probability(double[][] odds, int arm, int row)
    {
        double sum = 1;
        for (int a = 1; a < odds.Length; a++)
            sum += odds[a][row];
        return Math.Max(LeastPropensity, (arm == 0 ? 1 : odds[arm][row]) / sum);
    }
}
