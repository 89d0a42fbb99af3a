using System.Globalization;
using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>Held-out log loss in five folds on a table where boosting must run long: fixed rounds, rounds chosen within the folds, and XGBoost with rounds chosen alike.</summary>
internal sealed class BoostingRounds : IBenchmark
{
    private const int Folds = 5;

    public string Name => "boosting-rounds";

    public string Summary => "rounds chosen within folds against fixed ones and XGBoost with early stopping, on a simulated card-churn table: [ROWS=10000]";

    public int Run(string[] args)
    {
        if (!PythonPeer.Has("xgboost"))
        {
            Console.Error.WriteLine("The peer is missing: apt-get install python3-xgboost python3-sklearn");
            return 2;
        }
        CardTable table = new(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000);
        float[] labels = table.Rows.Labels.ToArray();
        int[] folds = StratifiedFolds.Assign(labels, Folds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{labels.Length} rows, {labels.Average():P1} leave; log loss of the true probabilities {table.BestLoss:F4}"));
        Line("fixed", Ours(table.Rows, folds, _ => BoosterOptions.ForSmallData(Objectives.Logistic)), labels);
        Line("chosen", Ours(table.Rows, folds, known => BoosterTuner.Choose(known, BoosterTuner.Candidates(Objectives.Logistic, known.Data.RowCount)).Options), labels);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("boosting-");
        try
        {
            Write(table.Rows, folds, folder.FullName);
            foreach ((string name, string options) in new[] { ("XGBoost .3", "eta=.3"), ("XGBoost .03", "eta=.03, subsample=.6, colsample_bytree=.5, min_child_weight=5") })
            {
                Dictionary<string, double> peer = PythonPeer.Numbers(Xgboost(labels.Length, table.Rows.Data.Columns.Count, options), folder.FullName);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-12} log loss {peer["loss"]:F4}, AUC {peer["auc"]:F4}, {peer["rounds"]:F0} rounds"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static (double[] Responses, double Rounds, int Leaves) Ours(TrainingRows rows, int[] folds, Func<TrainingRows, BoosterOptions> choose)
    {
        double[] responses = new double[folds.Length];
        double rounds = 0;
        int leaves = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            (int[] known, int[] held) = StratifiedFolds.Split(folds, fold);
            TrainingRows training = rows.Select(known);
            BoosterOptions options = choose(training);
            double[] here = new double[held.Length];
            BoosterTrainer.Fit(training, options).Model.Predict(rows.Data.Select(held), here);
            for (int i = 0; i < held.Length; i++)
                responses[held[i]] = here[i];
            rounds += options.Rounds / (double)Folds;
            leaves = options.MaxLeaves;
        }
        return (responses, rounds, leaves);
    }

    private static void Line(string name, (double[] Responses, double Rounds, int Leaves) ours, float[] labels) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {name,-12} log loss {Metrics.LogLoss(ours.Responses, labels):F4}, AUC {Metrics.AreaUnderCurve(ours.Responses, labels):F4}, {ours.Rounds:F0} rounds of up to {ours.Leaves} leaves"));

    private static void Write(TrainingRows rows, int[] folds, string folder)
    {
        using BinaryWriter x = new(File.Create(Path.Combine(folder, "x")));
        foreach (FeatureColumn column in rows.Data.Columns)
            foreach (float value in column.Values.Span)
                x.Write(value);
        using BinaryWriter y = new(File.Create(Path.Combine(folder, "y")));
        foreach (float label in rows.Labels.Span)
            y.Write(label);
        File.WriteAllText(Path.Combine(folder, "folds"), string.Join(' ', folds));
    }

    private static string Xgboost(int rows, int features, string options) => $$"""
        import os
        os.environ['OMP_NUM_THREADS'] = '2'
        import numpy as np, xgboost as xgb
        from sklearn.metrics import log_loss, roc_auc_score
        from sklearn.model_selection import train_test_split
        y = np.fromfile('y', '<f4')
        X = np.fromfile('x', '<f4').reshape({{features}}, {{rows}}).T
        folds = np.array(open('folds').read().split(), dtype='i4')
        options = dict(objective='binary:logistic', tree_method='hist', nthread=2, {{options}})
        p, rounds = np.zeros(len(y)), []
        for k in range({{Folds}}):
            known = np.where(folds != k)[0]
            a, b = train_test_split(known, test_size=.2, random_state=1, stratify=y[known])
            stop = xgb.train(options, xgb.DMatrix(X[a], y[a]), 4000, [(xgb.DMatrix(X[b], y[b]), 'held')], early_stopping_rounds=100, verbose_eval=False)
            rounds.append(stop.best_iteration + 1)
            p[folds == k] = xgb.train(options, xgb.DMatrix(X[known], y[known]), rounds[-1]).predict(xgb.DMatrix(X[folds == k]))
        print('loss', log_loss(y, p))
        print('auc', roc_auc_score(y, p))
        print('rounds', np.mean(rounds))
        """;
}
