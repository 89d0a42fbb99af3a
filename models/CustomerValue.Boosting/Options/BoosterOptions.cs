namespace CustomerValue.Boosting;

/// <summary>How a <see cref="Booster"/> is trained. The defaults suit 10,000 rows and more; see <see cref="ForSmallData"/> for less.</summary>
public sealed record BoosterOptions
{
    /// <summary>Rows up to which a table counts as small: <see cref="ForSmallData"/> is the better start.</summary>
    public const int MostSmallRows = 20_000;

    /// <summary>What is learnt: the loss, its link and its label domain. Default <see cref="Objectives.SquaredError"/>.</summary>
    public Objective Objective { get; init; } = Objectives.SquaredError;

    /// <summary>Boosting rounds; each adds one tree an output. Default 100; allowed 0 to 100,000.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Share of each tree's step that is taken. Default .1; allowed above 0 to 1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Most leaves a tree; leaves are grown where they gain most. Default 31; allowed 2 to 65,536.</summary>
    public int MaxLeaves { get; init; } = 31;

    /// <summary>Most splits from root to leaf; 0 sets no limit but 512. Default 0; allowed 0 to 512.</summary>
    public int MaxDepth { get; init; }

    /// <summary>Least sum of hessians a leaf; for squared error that is a weight of rows. Default 1; allowed 0 and above.</summary>
    public double MinChildWeight { get; init; } = 1;

    /// <summary>Least gain of a split in units of the loss times two, as XGBoost's <c>gamma</c>. Default 0; allowed 0 and above.</summary>
    public double MinSplitGain { get; init; }

    /// <summary>L2 penalty on leaf values, in units of the hessian sum. Default 1; allowed 0 and above.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>L1 penalty on leaf values, in units of the gradient sum. Default 0; allowed 0 and above.</summary>
    public double Alpha { get; init; }

    /// <summary>Largest leaf value before the learning rate; null takes <see cref="Objective.MaxLeafStep"/>. Default null; allowed above 0.</summary>
    public double? MaxLeafStep { get; init; }

    /// <summary>Most bins a feature, beside the one for missing values. Default 255; allowed 2 to 255.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>Share of rows drawn afresh for each round. Default 1; allowed above 0 to 1.</summary>
    public double RowSampling { get; init; } = 1;

    /// <summary>Share of features drawn afresh for each tree, at least one. Default 1; allowed above 0 to 1.</summary>
    public double ColumnSampling { get; init; } = 1;

    /// <summary>Hessian weight added to a level when levels are ordered by gradient over hessian, so that rare levels go to the middle; levels of less than a fifth of it are not ordered, and cuts lie twice as much apart. Default 10; allowed 0 and above.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>L2 penalty added to <see cref="Lambda"/> in splits by sets where more than four levels are present, and in the values of their children. Default 10; allowed 0 and above.</summary>
    public double CategoryLambda { get; init; } = 10;

    /// <summary>Directions by feature name: 1 means that the raw score may not fall as the feature rises, -1 that it may not rise. Numeric features only. Default none.</summary>
    public IReadOnlyDictionary<string, int> MonotoneConstraints { get; init; } = new Dictionary<string, int>();

    /// <summary>Rounds without a better validation loss after which training stops, keeping the best round; 0 never stops. Needs validation rows. Default 0; allowed 0 and above.</summary>
    public int EarlyStoppingRounds { get; init; }

    /// <summary>Where every row's raw score starts when rows bring no base margin; null takes the constant that fits best. Default null; any finite number.</summary>
    public double? StartMargin { get; init; }

    /// <summary>Whether the loss on the training rows is recorded each round (costs a pass over the rows). Default false.</summary>
    public bool RecordTrainingLoss { get; init; }

    /// <summary>Seed of row and column sampling. Default 1; any number.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads; 0 takes one a processor. The model does not depend on it. Default 0; allowed 0 to 256.</summary>
    public int Threads { get; init; }

    /// <summary>Small, slow steps of shallow trees on drawn rows and columns: a good start for a few thousand rows, such as a table of one contract a row.</summary>
    public static BoosterOptions ForSmallData(Objective objective) => new()
    {
        Objective = objective,
        Rounds = 400,
        LearningRate = 0.03,
        MaxLeaves = 8,
        MaxDepth = 3,
        MinChildWeight = 5,
        RowSampling = 0.6,
        ColumnSampling = 0.5,
    };

    /// <summary>Every option outside its range, one sentence each; empty when all are well.</summary>
    public IReadOnlyList<string> Violations()
    {
        List<string> found = [];
        void Check(bool good, string option, object? value, string expected)
        {
            if (!good)
                found.Add(FormattableString.Invariant($"{option}: found {value ?? "null"}, expected {expected}."));
        }
        Check(Objective is not null, nameof(Objective), Objective, "an objective");
        Check(Rounds is >= 0 and <= 100_000, nameof(Rounds), Rounds, "0 to 100000");
        Check(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 to 1");
        Check(MaxLeaves is >= 2 and <= 65_536, nameof(MaxLeaves), MaxLeaves, "2 to 65536");
        Check(MaxDepth is >= 0 and <= 512, nameof(MaxDepth), MaxDepth, "0 (no limit) to 512");
        Check(IsPenalty(MinChildWeight), nameof(MinChildWeight), MinChildWeight, "a finite number, 0 or above");
        Check(IsPenalty(MinSplitGain), nameof(MinSplitGain), MinSplitGain, "a finite number, 0 or above");
        Check(IsPenalty(Lambda), nameof(Lambda), Lambda, "a finite number, 0 or above");
        Check(IsPenalty(Alpha), nameof(Alpha), Alpha, "a finite number, 0 or above");
        Check(MaxLeafStep is null or > 0, nameof(MaxLeafStep), MaxLeafStep, "null or a number above 0");
        Check(MaxBins is >= 2 and <= 255, nameof(MaxBins), MaxBins, "2 to 255");
        Check(RowSampling is > 0 and <= 1, nameof(RowSampling), RowSampling, "above 0 to 1");
        Check(ColumnSampling is > 0 and <= 1, nameof(ColumnSampling), ColumnSampling, "above 0 to 1");
        Check(IsPenalty(CategorySmoothing), nameof(CategorySmoothing), CategorySmoothing, "a finite number, 0 or above");
        Check(IsPenalty(CategoryLambda), nameof(CategoryLambda), CategoryLambda, "a finite number, 0 or above");
        Check(MonotoneConstraints is not null, nameof(MonotoneConstraints), MonotoneConstraints, "directions by feature name, or none");
        foreach ((string feature, int direction) in MonotoneConstraints ?? new Dictionary<string, int>())
            Check(direction is -1 or 0 or 1, $"{nameof(MonotoneConstraints)}['{feature}']", direction, "-1, 0 or 1");
        Check(EarlyStoppingRounds >= 0, nameof(EarlyStoppingRounds), EarlyStoppingRounds, "0 (never) or above");
        Check(StartMargin is null || double.IsFinite(StartMargin.Value), nameof(StartMargin), StartMargin, "null or a finite number");
        Check(Threads is >= 0 and <= 256, nameof(Threads), Threads, "0 (one a processor) to 256");
        return found;
    }

    internal int EffectiveThreads => Threads == 0 ? Environment.ProcessorCount : Threads;

    private static bool IsPenalty(double value) => value is >= 0 and < double.PositiveInfinity;
}
