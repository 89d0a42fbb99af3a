using CustomerValue.Boosting;

namespace CustomerValue.Decisions.Uplift;

/// <summary>Fits learners on the same rows; what several of them need is fitted once.</summary>
internal sealed class UpliftFit
{
    /// <summary>Parts of the rows within a fit, so that no outcome is compared with a model that has seen it (Chernozhukov et al. 2018).</summary>
    private const int InnerFolds = 3;

    /// <summary>The arm among the features of the S-learner; a name no column of a file has.</summary>
    internal const string ArmColumn = "\u0001arm";

    private readonly UpliftRows _rows;
    private readonly IReadOnlyList<string> _arms;
    private readonly bool _binary;
    private readonly BoostingRecipe _recipe;
    private readonly double[] _share;
    private readonly double[][] _propensity;
    private readonly Lazy<OutcomeModel[]> _outcomes;
    private readonly Lazy<double[][]> _held;

    /// <summary>Prepares fits.</summary>
    /// <param name="rows">Rows to learn from.</param>
    /// <param name="arms">Names of the arms, control first.</param>
    /// <param name="binary">Whether outcomes are 1 or 0.</param>
    /// <param name="propensity">Probability of each arm, by arm and row.</param>
    /// <param name="recipe">How to boost.</param>
    public UpliftFit(UpliftRows rows, IReadOnlyList<string> arms, bool binary, double[][] propensity, BoostingRecipe recipe)
    {
        (_rows, _arms, _binary, _recipe, _propensity) = (rows, arms, binary, recipe, propensity);
        _share = [.. arms.Select((_, a) => rows.Arm.Count(arm => arm == a) / (double)rows.Count)];
        _outcomes = new(() => Outcomes(rows));
        _held = new(Held);
    }

    /// <summary>A model of the outcome for each arm.</summary>
    public OutcomeModel[] OutcomeByArm => _outcomes.Value;

    public UpliftTrees Fit(UpliftLearner learner) => learner switch
    {
        UpliftLearner.SLearner => new(learner, _arms.Count, _share) { Outcomes = [OutcomeModel.Fit(WithArm(_rows.Features, _arms, _rows.Arm), _rows.Outcome, _binary, _recipe)] },
        UpliftLearner.TLearner => new(learner, _arms.Count, _share) { Outcomes = OutcomeByArm },
        UpliftLearner.XLearner => new(learner, _arms.Count, _share) { Effects = [.. TreatedArms.SelectMany(Imputed)] },
        UpliftLearner.DrLearner => new(learner, _arms.Count, _share) { Effects = [.. TreatedArms.Select(DoublyRobust)] },
        UpliftLearner.ClassTransformation => new(learner, _arms.Count, _share) { Effects = [.. TreatedArms.Select(arm => _binary ? TransformedClass(arm) : TransformedOutcome(arm))] },
        _ => throw new ArgumentOutOfRangeException(nameof(learner), learner, "There is no such learner."),
    };

    /// <summary>The features and the arm as one more of them.</summary>
    internal static BoostingData WithArm(BoostingData features, IReadOnlyList<string> arms, int[] arm) =>
        new([.. features.Columns, FeatureColumn.Categorical(ArmColumn, Array.ConvertAll(arm, a => (float)a), [.. arms.Select((_, a) => $"{a}")])]);

    private IEnumerable<int> TreatedArms => Enumerable.Range(1, _arms.Count - 1);

    private OutcomeModel[] Outcomes(UpliftRows rows) => [.. _arms.Select((_, a) => rows.Select(rows.Of(arm => arm == a))).Select(part => OutcomeModel.Fit(part.Features, part.Outcome, _binary, _recipe))];

    /// <summary>Outcome expected in each arm, by arm and row, from models that have not seen the row.</summary>
    private double[][] Held()
    {
        double[][] held = [.. _arms.Select(_ => new double[_rows.Count])];
        int[] parts = UpliftFolds.Assign(_rows.Arm, _rows.Outcome, InnerFolds, _recipe.Seed + 1);
        for (int part = 0; part < InnerFolds; part++)
        {
            (int[] known, int[] unseen) = StratifiedFolds.Split(parts, part);
            OutcomeModel[] models = Outcomes(_rows.Select(known));
            BoostingData features = _rows.Features.Select(unseen);
            for (int a = 0; a < models.Length; a++)
            {
                double[] expected = models[a].Predict(features);
                for (int k = 0; k < unseen.Length; k++)
                    held[a][unseen[k]] = expected[k];
            }
        }
        return held;
    }

    /// <summary>What the treated got beyond what control would have got, and what control would have got by the treatment beyond what they did.</summary>
    private IEnumerable<Booster> Imputed(int arm)
    {
        foreach (int side in new[] { arm, 0 })
        {
            int[] rows = _rows.Of(one => one == side);
            yield return _recipe.FitEffect(_rows.Features.Select(rows), [.. rows.Select(row => side == 0 ? _held.Value[arm][row] - _rows.Outcome[row] : _rows.Outcome[row] - _held.Value[0][row])]);
        }
    }

    private Booster DoublyRobust(int arm)
    {
        double[] effects = new double[_rows.Count];
        for (int row = 0; row < effects.Length; row++)
            effects[row] = DoublyRobustScore.Of(arm, row, _rows, _held.Value, _propensity) - DoublyRobustScore.Of(0, row, _rows, _held.Value, _propensity);
        return _recipe.FitEffect(_rows.Features, effects);
    }

    private Booster TransformedClass(int arm)
    {
        int[] rows = _rows.Of(one => one == arm || one == 0);
        float[] labels = Array.ConvertAll(rows, row => _rows.Arm[row] == 0 ? 1 - _rows.Outcome[row] : _rows.Outcome[row]);
        float[] weights = Array.ConvertAll(rows, row => (float)((_propensity[arm][row] + _propensity[0][row]) / (2 * _propensity[_rows.Arm[row]][row])));
        return _recipe.Fit(_rows.Features.Select(rows), labels, Objectives.Logistic, weights);
    }

    private Booster TransformedOutcome(int arm)
    {
        int[] rows = _rows.Of(one => one == arm || one == 0);
        return _recipe.FitEffect(_rows.Features.Select(rows), Array.ConvertAll(rows, row =>
            _rows.Outcome[row] * (_propensity[arm][row] + _propensity[0][row]) / (_rows.Arm[row] == 0 ? -_propensity[0][row] : _propensity[arm][row])));
    }
}

/// <summary>Folds with the same mix of arms and outcomes.</summary>
internal static class UpliftFolds
{
    /// <summary>Each row's fold, 0 to <paramref name="folds"/> - 1.</summary>
    public static int[] Assign(int[] arm, float[] outcome, int folds, int seed)
    {
        // Sorted by arm, then outcome: the rank of a row stands for both.
        int[] order = [.. Enumerable.Range(0, arm.Length).OrderBy(row => arm[row]).ThenBy(row => outcome[row])];
        float[] ranks = new float[arm.Length];
        int rank = 0;
        for (int place = 0; place < order.Length; place++)
        {
            if (place > 0 && (arm[order[place]] != arm[order[place - 1]] || outcome[order[place]] != outcome[order[place - 1]]))
                rank++;
            ranks[order[place]] = rank;
        }
        return StratifiedFolds.Assign(ranks, folds, seed);
    }
}

/// <summary>
/// The doubly robust score of a row for an arm, m + 1(row is of the arm) (y - m) / e: its mean is what would come if everybody got the arm, where either the outcome m or the
/// probability e of the arm is right (Robins, Rotnitzky and Zhao 1994).
/// </summary>
internal static class DoublyRobustScore
{
    public static double Of(int arm, int row, UpliftRows rows, double[][] expected, double[][] propensity) =>
        expected[arm][row] + (rows.Arm[row] == arm ? (rows.Outcome[row] - expected[arm][row]) / propensity[arm][row] : 0);
}
