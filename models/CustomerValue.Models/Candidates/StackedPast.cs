using CustomerValue.Boosting;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>Features of all past origins, one origin below another: stacked and binned once for all boosters that learn from them. For one thread.</summary>
internal sealed class StackedPast
{
    private readonly PastOrigins _past;
    private readonly Dictionary<int, FeatureColumn> _columns = [];
    private BinnedData? _binned;

    private StackedPast(PastOrigins past) => _past = past;

    /// <summary>The past that a race learns from.</summary>
    public static StackedPast Of(TrainingSet training) => training.Shared(known => new StackedPast(known.Past));

    /// <summary>What boosters learn from.</summary>
    /// <param name="fromPrior">Whether they start from the prior.</param>
    /// <param name="moneyUnit">Money that counts as one.</param>
    public BoostingData Table(bool fromPrior, double moneyUnit) =>
        BoostingInputs.Stack([.. _past.Origins.Select(origin => (origin.Snapshot, fromPrior ? origin.Prior : null))], moneyUnit, forTraining: true, Column);

    /// <summary>The bins of such a table.</summary>
    public BinnedData Bin(BoostingData data, int maxBins, int threads) => _binned = BinnedData.Of(data, maxBins, threads, _binned);

    private FeatureColumn Column(int feature)
    {
        if (!_columns.TryGetValue(feature, out FeatureColumn? column))
            _columns.Add(feature, column = BoostingInputs.Column([.. _past.Origins.Select(origin => origin.Snapshot.Features)], feature));
        return column;
    }
}
