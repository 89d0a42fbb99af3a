using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Evaluation;
using Finding = CustomerValue.Data.Diagnostics.Finding;

namespace CustomerValue.Decisions.Uplift;

/// <summary>Measures learners by cross-fitting: every row is scored by models that have not seen it.</summary>
public sealed class UpliftEvaluation
{
    private readonly UpliftTable _table;
    private readonly UpliftOptions _options;
    private readonly Assignment _assignment;
    private readonly UpliftRows _rows;
    private readonly int[] _fold;
    private readonly Resamples _resamples;

    /// <summary>Uplift of each learner, by treated arm and row; response propensity last.</summary>
    private readonly double[][][] _scores;

    /// <summary>Doubly robust effect of each treated arm over control, by arm and row.</summary>
    private readonly double[][] _effects;

    private UpliftEvaluation(UpliftTable table, UpliftOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        (_table, _options) = (table, options);
        BoostingRecipe recipe = new(options.Seed, options.Threads, cancellation);
        _rows = new UpliftRows(table.Features, table.Arm, table.Outcome);
        _fold = UpliftFolds.Assign(table.Arm, table.Outcome, options.Folds, options.Seed);
        _resamples = new Resamples(table.Count, options.Seed);
        _assignment = Assignment.Of(table, _fold, options.Folds, recipe);
        _scores = [.. Enumerable.Range(0, options.Learners.Count + 1).Select(_ => Rows(table.Arms.Count - 1))];
        double[][] expected = Rows(table.Arms.Count);
        int done = 0, all = options.Folds * (options.Learners.Count + 1);
        for (int fold = 0; fold < options.Folds; fold++)
        {
            (int[] known, int[] unseen) = StratifiedFolds.Split(_fold, fold);
            double[][] propensity = Array.ConvertAll(_assignment.Propensity, arm => Array.ConvertAll(known, row => arm[row]));
            UpliftFit fit = new(table.Select(known), table.Arms, table.IsBinary, propensity, recipe);
            BoostingData features = table.Features.Select(unseen);
            for (int learner = 0; learner < options.Learners.Count; learner++)
            {
                Place(fit.Fit(options.Learners[learner]).Predict(features), unseen, _scores[learner]);
                progress?.Report(new("learning uplift", ++done, all, "fits"));
            }
            double[][] outcomes = [.. fit.OutcomeByArm.Select(model => model.Predict(features))];
            Place(outcomes, unseen, expected);
            Place([.. Enumerable.Repeat(outcomes[0], table.Arms.Count - 1)], unseen, _scores[^1]);
            progress?.Report(new("learning uplift", ++done, all, "fits"));
        }
        _effects = Rows(table.Arms.Count - 1);
        for (int row = 0; row < table.Count; row++)
            for (int a = 1; a < table.Arms.Count; a++)
                _effects[a - 1][row] = DoublyRobustScore.Of(a, row, _rows, expected, _assignment.Propensity) - DoublyRobustScore.Of(0, row, _rows, expected, _assignment.Propensity);
    }

    /// <summary>Measures learners.</summary>
    /// <param name="table">The experiment.</param>
    /// <param name="options">What is tried, and what contacts cost.</param>
    /// <param name="findings">Takes doubts.</param>
    /// <param name="progress">Told after each fit.</param>
    /// <param name="cancellation">Looked at before each tree.</param>
    public static UpliftReport Run(UpliftTable table, UpliftOptions options, List<Finding> findings, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        Measure(table, options, findings, progress, cancellation).Report;

    /// <summary>The same, with what a model of all rows needs to be calibrated.</summary>
    internal static (UpliftReport Report, UpliftEvaluation Evaluation) Measure(UpliftTable table, UpliftOptions options, List<Finding> findings, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        UpliftEvaluation evaluation = new(table, options, progress, cancellation);
        if (!evaluation._assignment.IsRandomised)
            findings.Add(new Finding("not-randomised", Severity.Warning,
                FormattableString.Invariant($"The features tell who was treated (AUC {evaluation._assignment.Auc.Max():0.000}, .5 where arms are drawn by chance): either arms were not drawn by chance, or a column is known only after the contact."),
                "Leave out columns of after the contact. Otherwise differences were weighed by estimated probabilities, which is only as good as the features: what they do not know stays in."));
        return (evaluation.Report(progress), evaluation);
    }

    internal double[][] Propensity => _assignment.Propensity;

    /// <summary>Calibration of a learner's uplift for an arm on all rows.</summary>
    internal UpliftCalibration CalibrationOf(UpliftLearner learner, int arm) =>
        UpliftCalibration.Fit(_scores[_options.Learners.ToList().IndexOf(learner)][arm - 1], _effects[arm - 1], _ => true);

    /// <summary>Variance of a doubly robust effect from customer to customer.</summary>
    internal double VarianceOf(int arm)
    {
        double[] effects = _effects[arm - 1];
        double mean = effects.Average();
        return effects.Sum(effect => (effect - mean) * (effect - mean)) / (effects.Length - 1);
    }

    private UpliftReport Report(IProgress<StepProgress>? progress)
    {
        int learners = _options.Learners.Count;
        // In each fold the learner that did best in the others, so that choosing does not flatter the choice.
        double[][] qini = [.. Enumerable.Range(0, learners).Select(learner => Enumerable.Range(0, _options.Folds).Select(fold => QiniOf(_scores[learner], fold)).ToArray())];
        int[] choice = [.. Enumerable.Range(0, _options.Folds).Select(fold => Best(qini, fold))];
        int best = Best(qini, without: -1);
        double[][] chosen = Rows(_table.Arms.Count - 1);
        for (int row = 0; row < _table.Count; row++)
            for (int a = 0; a < chosen.Length; a++)
                chosen[a][row] = _scores[choice[_fold[row]]][a][row];
        double[][] calibrated = Calibrated(choice);
        List<LearnerFigures> figures = [Figures("chosen", chosen, slope: true)];
        for (int learner = 0; learner < learners; learner++)
            figures.Add(Figures(AnswerWords.Of(_options.Learners[learner]), _scores[learner], slope: true));
        figures.Add(Figures("response-propensity", _scores[learners], slope: false));
        progress?.Report(new("measuring uplift", figures.Count, figures.Count, "rows of figures"));

        (double[] policy, double treatedShare) = Policy(calibrated);
        double[][] gains = [.. _effects.Select((effect, a) => Array.ConvertAll(effect, value => value * _options.OutcomeValue - CostOf(a + 1)))];
        int all = Enumerable.Range(0, gains.Length).MaxBy(a => gains[a].Average());
        Interval[] values = _resamples.Of(times => [Mean(policy, times), Mean(gains[all], times), Mean(policy, times) - Mean(gains[all], times), .. gains.Select(gain => Mean(gain, times))], _options.Threads);
        return new UpliftReport
        {
            Outcome = _table.Kind,
            Arms = [.. _table.Arms.Select((arm, a) => new ArmSize(arm, _table.Counts[a], Enumerable.Range(0, _table.Count).Where(row => _table.Arm[row] == a).Average(row => (double)_table.Outcome[row]), a == 0 ? 0 : CostOf(a)))],
            Folds = _options.Folds,
            OutcomeValue = _options.OutcomeValue,
            IsRandomised = _assignment.IsRandomised,
            AssignmentAuc = _assignment.Auc,
            Learners = figures,
            Best = _options.Learners[best],
            Effects = [.. _effects.Select((effect, a) => new ArmEffect(_table.Arms[a + 1], _resamples.OfMean(effect, _options.Threads)))],
            PolicyValue = values[0],
            TreatAllValue = values[1],
            TreatAllArm = _table.Arms[all + 1],
            PolicyOverTreatAll = values[2],
            TreatedShare = treatedShare,
            Deciles = [.. Enumerable.Range(0, chosen.Length).SelectMany(a => Deciles(a, calibrated[a]))],
            Verdict = VerdictOf(figures[0], values[0], values[2], values[1], [.. values.Skip(3)]),
        };
    }

    private static UpliftVerdict VerdictOf(LearnerFigures chosen, Interval policy, Interval overAll, Interval all, Interval[] arms) =>
        chosen.IsBetterThanRandom && policy.Low > 0 && overAll.Low > 0 ? UpliftVerdict.TargetByIt
        : all.Low > 0 ? UpliftVerdict.TreatAll
        : Array.TrueForAll(arms, arm => arm.High < 0) && !(policy.Low > 0) ? UpliftVerdict.TreatNobody
        : chosen.IsBetterThanRandom ? UpliftVerdict.Open
        : UpliftVerdict.NoBetterThanRandom;

    private double CostOf(int arm) => _options.CostOf(_table.Arms[arm]);

    /// <summary>Area between a learner's curves and chance in a fold, all arms together.</summary>
    private double QiniOf(double[][] scores, int fold) => Enumerable.Range(1, _table.Arms.Count - 1).Sum(arm => Curve(scores, arm, row => _fold[row] == fold, out _).Of([]).Qini);

    /// <summary>The learner of most area over the folds but one; the first learner, the simplest, where none is better by more than the standard error of the difference between folds.</summary>
    private int Best(double[][] qini, int without)
    {
        int[] folds = [.. Enumerable.Range(0, _options.Folds).Where(fold => fold != without)];
        (int best, double most) = (0, 0);
        for (int learner = 1; learner < qini.Length; learner++)
        {
            double[] more = Array.ConvertAll(folds, fold => qini[learner][fold] - qini[0][fold]);
            double mean = more.Average(), error = more.Length > 1 ? Math.Sqrt(more.Sum(one => (one - mean) * (one - mean)) / (more.Length - 1) / more.Length) : 0;
            if (mean > error && mean > most)
                (best, most) = (learner, mean);
        }
        return best;
    }

    private LearnerFigures Figures(string name, double[][] scores, bool slope) => new(name, [.. Enumerable.Range(1, _table.Arms.Count - 1).Select(arm =>
    {
        UpliftCurve curve = Curve(scores, arm, _ => true, out int[] rows);
        Interval[] figures = new Resamples(rows.Length, _options.Seed).Of(times =>
        {
            CurveFigures one = curve.Of(times);
            return [one.Qini, one.Auuc, .. one.AtShare];
        }, _options.Threads);
        Interval? calibration = slope ? _resamples.Of(times => [UpliftCalibration.SlopeOf(scores[arm - 1], _effects[arm - 1], times)], _options.Threads)[0] : null;
        return new ArmFigures
        {
            Arm = _table.Arms[arm],
            Qini = figures[0],
            Auuc = figures[1],
            At10 = figures[2],
            At20 = figures[3],
            At30 = figures[4],
            At50 = figures[5],
            Slope = calibration,
        };
    })]);

    private UpliftCurve Curve(double[][] scores, int arm, Func<int, bool> counts, out int[] rows)
    {
        int[] part = rows = [.. Enumerable.Range(0, _table.Count).Where(row => (_table.Arm[row] == arm || _table.Arm[row] == 0) && counts(row))];
        return new UpliftCurve(Array.ConvertAll(part, row => scores[arm - 1][row]), Array.ConvertAll(part, row => _table.Arm[row] == arm), Array.ConvertAll(part, row => (double)_table.Outcome[row]),
            Array.ConvertAll(part, row => _table.Share(_table.Arm[row]) / _assignment.Propensity[_table.Arm[row]][row]));
    }

    /// <summary>The uplift of each fold's learner, calibrated on the other folds.</summary>
    private double[][] Calibrated(int[] choice)
    {
        double[][] calibrated = Rows(_table.Arms.Count - 1);
        for (int fold = 0; fold < _options.Folds; fold++)
            for (int a = 0; a < calibrated.Length; a++)
            {
                double[] scores = _scores[choice[fold]][a];
                UpliftCalibration calibration = UpliftCalibration.Fit(scores, _effects[a], row => _fold[row] != fold);
                for (int row = 0; row < scores.Length; row++)
                    if (_fold[row] == fold)
                        calibrated[a][row] = calibration.Of(scores[row]);
            }
        return calibrated;
    }

    /// <summary>Doubly robust money of each row where everybody gets the arm that should earn most after cost, or none.</summary>
    private (double[] Money, double TreatedShare) Policy(double[][] uplift)
    {
        double[] money = new double[_table.Count];
        int treated = 0;
        for (int row = 0; row < money.Length; row++)
        {
            (double most, int arm) = (0, -1);
            for (int a = 0; a < uplift.Length; a++)
                if (uplift[a][row] * _options.OutcomeValue - CostOf(a + 1) is var gain && gain > most)
                    (most, arm) = (gain, a);
            if (arm < 0)
                continue;
            treated++;
            money[row] = _effects[arm][row] * _options.OutcomeValue - CostOf(arm + 1);
        }
        return (money, (double)treated / money.Length);
    }

    private IEnumerable<UpliftDecile> Deciles(int arm, double[] uplift)
    {
        double[] keys = Array.ConvertAll(uplift, value => -value);
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        for (int d = 0; d < 10; d++)
        {
            int[] rows = order[(int)((long)order.Length * d / 10)..(int)((long)order.Length * (d + 1) / 10)];
            yield return new UpliftDecile(_table.Arms[arm + 1], d + 1, rows.Length, rows.Average(row => uplift[row]),
                new Resamples(rows.Length, _options.Seed).OfMean(Array.ConvertAll(rows, row => _effects[arm][row]), _options.Threads));
        }
    }

    private double[][] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[_table.Count])];

    private static void Place(double[][] values, int[] rows, double[][] into)
    {
        for (int a = 0; a < values.Length; a++)
            for (int k = 0; k < rows.Length; k++)
                into[a][rows[k]] = values[a][k];
    }

    private static double Mean(double[] values, byte[] times)
    {
        double sum = 0, count = 0;
        for (int row = 0; row < values.Length; row++)
        {
            int weight = times.Length == 0 ? 1 : times[row];
            (sum, count) = (sum + weight * values[row], count + weight);
        }
        return sum / count;
    }
}
