using System.Diagnostics;

namespace CustomerValue.Boosting;

/// <summary>One training run: bins, then round after round of gradients, trees and new raw scores.</summary>
internal sealed class BoostingRun : IDisposable
{
    /// <summary>A thread with less to do waits longer for the others than it works.</summary>
    private const long ValuesAThread = 250_000;

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TrainingRows _training;
    private readonly BoosterOptions _options;
    private readonly Objective _objective;
    private readonly int _outputs;
    private readonly WorkerTeam _team;
    private readonly double[] _start;
    private readonly BinMapper _mapper;
    private readonly BinnedMatrix _matrix;
    private readonly BinnedMatrix? _validationMatrix;
    private readonly MarginStore _scores;
    private readonly MarginStore? _validationScores;
    private readonly GradientPairs _pairs;
    private readonly RowPartition _partition;
    private readonly TreeGrower _grower;
    private readonly RowSampler _sampler;
    private readonly float[] _gradients;
    private readonly float[] _hessians;
    private readonly float _heaviest;
    private readonly DrawnRows?[] _drawn;

    public BoostingRun(TrainingRows training, BoosterOptions options, TrainingRows? validation)
    {
        _training = training;
        _options = options;
        _objective = options.Objective;
        _outputs = _objective.Outputs;
        long values = (long)training.Data.RowCount * training.Data.Columns.Count;
        _team = new((int)Math.Min(options.EffectiveThreads, 1 + values / ValuesAThread));
        _start = StartMargins(training, options);
        _mapper = training.Binned?.Mapper ?? BinMapper.Learn(training.Data, training.Weights.Span, options.MaxBins, _team);
        _matrix = training.Binned?.Matrix ?? new(training.Data, _mapper, _team, withTiles: true);
        _scores = new(training, _objective, _start, _team);
        if (validation is not null)
        {
            _validationMatrix = new(validation.Data, _mapper, _team, withTiles: false);
            _validationScores = new(validation, _objective, _start, _team);
        }
        int rows = training.Data.RowCount;
        _pairs = new(rows);
        _partition = new(rows, _team);
        _sampler = new(options.Seed, options.RowSampling);
        int[] directions = [.. training.Data.Columns.Select(column => options.MonotoneConstraints.GetValueOrDefault(column.Name))];
        _grower = new(_matrix, _mapper, options, directions, _team);
        _gradients = new float[(long)rows * _outputs];
        _hessians = new float[(long)rows * _outputs];
        _heaviest = training.Weights.IsEmpty ? 1 : BinMapper.Heaviest(training.Weights.Span);
        _drawn = new DrawnRows?[_team.Size];
    }

    public (Booster Model, EvaluationHistory History) Train(IProgress<BoostingProgress>? progress, CancellationToken cancellation)
    {
        List<Tree> trees = [];
        List<double> trainingLoss = [], validationLoss = [];
        int best = 0;
        for (int round = 0; round < _options.Rounds; round++)
        {
            for (int output = 0; output < _outputs; output++)
            {
                cancellation.ThrowIfCancellationRequested();
                _partition.Reset(_sampler, round);
                if (output == 0)
                    Derive();
                trees.Add(AddTree(round, output));
            }
            if (_options.RecordTrainingLoss)
                trainingLoss.Add(_scores.Loss());
            if (_validationScores is not null)
            {
                validationLoss.Add(_validationScores.Loss());
                if (validationLoss[round] < validationLoss[best])
                    best = round;
            }
            progress?.Report(new(round + 1, _options.Rounds, _matrix.Rows, Stopwatch.GetElapsedTime(_began),
                trainingLoss.Count > 0 ? trainingLoss[round] : null, validationLoss.Count > 0 ? validationLoss[round] : null));
            if (_options.EarlyStoppingRounds > 0 && round - best >= _options.EarlyStoppingRounds)
                break;
        }
        int kept = _options.EarlyStoppingRounds > 0 ? Math.Min(best + 1, trees.Count / _outputs) : trees.Count / _outputs;
        Booster model = new(_objective, ModelFeature.Of(_training.Data, _mapper), _start, !_training.BaseMargins.IsEmpty, [.. trees.Take(kept * _outputs)]);
        return (model, new(trainingLoss, validationLoss, kept));
    }

    public void Dispose()
    {
        _grower.Dispose();
        _partition.Dispose();
        _pairs.Dispose();
        if (_training.Binned is null)
            _matrix.Dispose();
        _validationMatrix?.Dispose();
        _team.Dispose();
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

    /// <summary>Blocks of the rows that were drawn for this round.</summary>
    private int Blocks => (_partition.Count + MarginStore.Block - 1) / MarginStore.Block;

    private (int From, int Count) Range(int block) => (block * MarginStore.Block, Math.Min(MarginStore.Block, _partition.Count - block * MarginStore.Block));

    /// <summary>Derivatives of the rows that were drawn, in the order in which they were: nobody asks for those of others.</summary>
    private void Derive() => _team.Run(Blocks, (block, worker) =>
    {
        (int from, int count) = Range(block);
        Span<float> gradient = _gradients.AsSpan(from * _outputs, count * _outputs), hessian = _hessians.AsSpan(from * _outputs, count * _outputs);
        if (_sampler.TakesAll)
        {
            _objective.Derivatives(_scores.Margins.AsSpan(from * _outputs, count * _outputs), _training.Labels.Span.Slice(from, count), gradient, hessian);
            return;
        }
        DrawnRows drawn = _drawn[worker] ??= new(MarginStore.Block, _outputs);
        drawn.Gather(_partition.Of(from, count), _scores.Margins, _training.Labels.Span);
        _objective.Derivatives(drawn.Margins.AsSpan(0, count * _outputs), drawn.Labels.AsSpan(0, count), gradient, hessian);
    });

    private Tree AddTree(int round, int output)
    {
        Quantise(output);
        bool[] columns = RowSampler.DrawColumns(_options.Seed, round * _outputs + output, _mapper.Features.Length, _options.ColumnSampling);
        GrownTree grown = _grower.Grow(_partition, _pairs, columns);
        if (_objective.RefitsLeaves)
            RefitLeaves(grown);
        AddToScores(grown, output);
        _validationScores?.AddWalking(grown, output, _validationMatrix!, _mapper);
        return grown.Tree;
    }

    private void Quantise(int output)
    {
        float[] largest = new float[2 * Blocks];
        _team.Run(Blocks, (block, _) =>
        {
            (int from, int count) = Range(block);
            ReadOnlySpan<int> rows = _partition.Of(from, count);
            ReadOnlySpan<float> weights = _training.Weights.Span;
            float gradient = 0, hessian = 0;
            for (int i = 0; i < count; i++)
            {
                int at = (from + i) * _outputs + output;
                float weight = weights.IsEmpty ? 1 : weights[rows[i]];
                gradient = Math.Max(gradient, Math.Abs(_gradients[at]) * weight);
                hessian = Math.Max(hessian, _hessians[at] * weight);
            }
            (largest[2 * block], largest[2 * block + 1]) = (gradient, hessian);
        });
        float mostGradient = 0, mostHessian = 0;
        for (int block = 0; block < Blocks; block++)
        {
            mostGradient = Math.Max(mostGradient, largest[2 * block]);
            mostHessian = Math.Max(mostHessian, largest[2 * block + 1]);
        }
        if (!float.IsFinite(mostGradient) || !float.IsFinite(mostHessian))
            throw new InvalidTrainingDataException([$"Objective '{_objective.Name}' gave a derivative that is not finite; labels or base margins are too large for it."]);
        _pairs.Scale(mostGradient, mostHessian);
        _team.Run(Blocks, (block, _) =>
        {
            (int from, int count) = Range(block);
            int first = from * _outputs + output, length = count * _outputs - output;
            _pairs.Store(_partition.Of(from, count), _gradients.AsSpan(first, length), _hessians.AsSpan(first, length), _outputs, _training.Weights.Span, _heaviest);
        });
    }

    private void RefitLeaves(GrownTree grown) => _team.Run(grown.Leaves.Count, (leaf, _) =>
    {
        OpenLeaf open = grown.Leaves[leaf];
        ReadOnlySpan<int> rows = _partition.Of(open.From, open.Count);
        double[] residuals = new double[rows.Length];
        float[] weights = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            residuals[i] = _training.Labels.Span[rows[i]] - _scores.Margins[rows[i]];
            weights[i] = _training.Weights.IsEmpty ? 1 : _training.Weights.Span[rows[i]];
        }
        grown.Tree.Nodes[open.Node].Value = (float)(_objective.RefitLeaf(residuals, weights) * _options.LearningRate);
    });

    private void AddToScores(GrownTree grown, int output)
    {
        double[] margins = _scores.Margins;
        _team.Run(grown.Leaves.Count, (leaf, _) =>
        {
            OpenLeaf open = grown.Leaves[leaf];
            double value = grown.Tree.Nodes[open.Node].Value;
            foreach (int row in _partition.Of(open.From, open.Count))
                margins[row * _outputs + output] += value;
            foreach (int row in _partition.Of(open.OtherFrom, open.OtherCount))
                margins[row * _outputs + output] += value;
        });
    }
}
