using System.Diagnostics;

namespace CustomerValue.Boosting;

/// <summary>One training run: bins, then round after round of gradients, trees and new raw scores.</summary>
internal sealed class TrainingRun : IDisposable
{
    /// <summary>A thread with less to do waits longer for the others than it works.</summary>
    private const long ValuesAThread = 250_000;

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly TrainingRows training;
    private readonly BoosterOptions options;
    private readonly Objective objective;
    private readonly int outputs;
    private readonly WorkerTeam team;
    private readonly double[] start;
    private readonly BinMapper mapper;
    private readonly BinnedMatrix matrix;
    private readonly BinnedMatrix? validationMatrix;
    private readonly MarginStore scores;
    private readonly MarginStore? validationScores;
    private readonly GradientPairs pairs;
    private readonly RowPartition partition;
    private readonly TreeGrower grower;
    private readonly RowSampler sampler;
    private readonly float[] gradients;
    private readonly float[] hessians;

    public TrainingRun(TrainingRows training, BoosterOptions options, TrainingRows? validation)
    {
        this.training = training;
        this.options = options;
        objective = options.Objective;
        outputs = objective.Outputs;
        long values = (long)training.Data.RowCount * training.Data.Columns.Count;
        team = new((int)Math.Min(options.EffectiveThreads, 1 + values / ValuesAThread));
        start = StartMargins(training, options);
        mapper = training.Binned?.Mapper ?? BinMapper.Learn(training.Data, training.Weights.Span, options.MaxBins, team);
        matrix = training.Binned?.Matrix ?? new(training.Data, mapper, team, withTiles: true);
        scores = new(training, objective, start, team);
        if (validation is not null)
        {
            validationMatrix = new(validation.Data, mapper, team, withTiles: false);
            validationScores = new(validation, objective, start, team);
        }
        int rows = training.Data.RowCount;
        pairs = new(rows);
        partition = new(rows, team);
        sampler = new(options.Seed, options.RowSampling);
        int[] directions = [.. training.Data.Columns.Select(column => options.MonotoneConstraints.GetValueOrDefault(column.Name))];
        grower = new(matrix, mapper, options, directions, team);
        gradients = new float[(long)rows * outputs];
        hessians = new float[(long)rows * outputs];
    }

    public (Booster Model, EvaluationHistory History) Train(IProgress<BoostingProgress>? progress, CancellationToken cancellation)
    {
        List<Tree> trees = [];
        List<double> trainingLoss = [], validationLoss = [];
        int best = 0;
        for (int round = 0; round < options.Rounds; round++)
        {
            Derive();
            for (int output = 0; output < outputs; output++)
            {
                cancellation.ThrowIfCancellationRequested();
                trees.Add(AddTree(round, output));
            }
            if (options.RecordTrainingLoss)
                trainingLoss.Add(scores.Loss());
            if (validationScores is not null)
            {
                validationLoss.Add(validationScores.Loss());
                if (validationLoss[round] < validationLoss[best])
                    best = round;
            }
            progress?.Report(new(round + 1, options.Rounds, matrix.Rows, Stopwatch.GetElapsedTime(began),
                trainingLoss.Count > 0 ? trainingLoss[round] : null, validationLoss.Count > 0 ? validationLoss[round] : null));
            if (options.EarlyStoppingRounds > 0 && round - best >= options.EarlyStoppingRounds)
                break;
        }
        int kept = options.EarlyStoppingRounds > 0 ? Math.Min(best + 1, trees.Count / outputs) : trees.Count / outputs;
        Booster model = new(objective, ModelFeature.Of(training.Data, mapper), start, !training.BaseMargins.IsEmpty, [.. trees.Take(kept * outputs)]);
        return (model, new(trainingLoss, validationLoss, kept));
    }

    public void Dispose()
    {
        grower.Dispose();
        partition.Dispose();
        pairs.Dispose();
        if (training.Binned is null)
            matrix.Dispose();
        validationMatrix?.Dispose();
        team.Dispose();
    }

    private static double[] StartMargins(TrainingRows training, BoosterOptions options)
    {
        double[] start = new double[options.Objective.Outputs];
        if (options.StartMargin is { } margin)
            Array.Fill(start, margin);
        else if (training.BaseMargins.IsEmpty)
            options.Objective.Start(training.Labels.Span, training.Weights.Span, start);
        return start;
    }

    private void Derive() => team.Run(scores.Blocks, (block, _) =>
    {
        (int from, int count) = scores.Range(block);
        Span<float> gradient = gradients.AsSpan(from * outputs, count * outputs), hessian = hessians.AsSpan(from * outputs, count * outputs);
        objective.Derivatives(scores.Margins.AsSpan(from * outputs, count * outputs), training.Labels.Span.Slice(from, count), gradient, hessian);
        if (training.Weights.IsEmpty)
            return;
        ReadOnlySpan<float> weights = training.Weights.Span.Slice(from, count);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= weights[i / outputs];
            hessian[i] *= weights[i / outputs];
        }
    });

    private Tree AddTree(int round, int output)
    {
        Quantise(output);
        partition.Reset(sampler, round);
        bool[] columns = RowSampler.DrawColumns(options.Seed, round * outputs + output, matrix.Columns.Length, options.ColumnSampling);
        GrownTree grown = grower.Grow(partition, pairs, columns);
        if (objective.RefitsLeaves)
            RefitLeaves(grown);
        AddToScores(grown, output);
        validationScores?.AddWalking(grown, output, validationMatrix!, mapper);
        return grown.Tree;
    }

    private void Quantise(int output)
    {
        float[] largest = new float[2 * scores.Blocks];
        team.Run(scores.Blocks, (block, _) =>
        {
            (int from, int count) = scores.Range(block);
            float gradient = 0, hessian = 0;
            for (int i = from * outputs + output; i < (from + count) * outputs; i += outputs)
            {
                gradient = Math.Max(gradient, Math.Abs(gradients[i]));
                hessian = Math.Max(hessian, hessians[i]);
            }
            (largest[2 * block], largest[2 * block + 1]) = (gradient, hessian);
        });
        float mostGradient = 0, mostHessian = 0;
        for (int block = 0; block < scores.Blocks; block++)
        {
            mostGradient = Math.Max(mostGradient, largest[2 * block]);
            mostHessian = Math.Max(mostHessian, largest[2 * block + 1]);
        }
        if (!float.IsFinite(mostGradient) || !float.IsFinite(mostHessian))
            throw new InvalidTrainingDataException([$"Objective '{objective.Name}' gave a derivative that is not finite; labels or base margins are too large for it."]);
        pairs.Scale(mostGradient, mostHessian);
        team.Run(scores.Blocks, (block, _) =>
        {
            (int from, int count) = scores.Range(block);
            int first = from * outputs + output, length = count * outputs - output;
            pairs.Store(from, gradients.AsSpan(first, length), hessians.AsSpan(first, length), outputs);
        });
    }

    private void RefitLeaves(GrownTree grown) => team.Run(grown.Leaves.Count, (leaf, _) =>
    {
        OpenLeaf open = grown.Leaves[leaf];
        ReadOnlySpan<int> rows = partition.Of(open.From, open.Count);
        double[] residuals = new double[rows.Length];
        float[] weights = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            residuals[i] = training.Labels.Span[rows[i]] - scores.Margins[rows[i]];
            weights[i] = training.Weights.IsEmpty ? 1 : training.Weights.Span[rows[i]];
        }
        grown.Tree.Nodes[open.Node].Value = (float)(objective.RefitLeaf(residuals, weights) * options.LearningRate);
    });

    private void AddToScores(GrownTree grown, int output)
    {
        double[] margins = scores.Margins;
        team.Run(grown.Leaves.Count, (leaf, _) =>
        {
            OpenLeaf open = grown.Leaves[leaf];
            double value = grown.Tree.Nodes[open.Node].Value;
            foreach (int row in partition.Of(open.From, open.Count))
                margins[row * outputs + output] += value;
            foreach (int row in partition.Of(open.OtherFrom, open.OtherCount))
                margins[row * outputs + output] += value;
        });
    }
}
