#if MLNET
using CustomerValue.Data.Features;
using CustomerValue.MLNet.Training;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ML;
using Microsoft.Extensions.Primitives;
using Microsoft.ML;

namespace CustomerValue.MLNet.Serving;

/// <summary>ML.NET's prediction engines of one version, in a <see cref="PredictionEnginePool{TData, TPrediction}"/> under the version's name.</summary>
/// <remarks>
/// A pool that is reloaded under one name hands out engines of the old model for a while, and a pool never forgets a name. So each version has a pool
/// of its own, made from bytes that the store has verified, and goes with the version when another is promoted.
/// </remarks>
internal sealed class VersionPool
{
    private readonly string _version;
    private readonly PredictionEnginePool<FeatureRow, FastTreePrediction> _pool;
    private readonly string[] _names;

    public VersionPool(string version, byte[] zip)
    {
        _version = version;
        MLContext context = new();
        ITransformer model = context.Model.Load(new MemoryStream(zip), out DataViewSchema input);
        _names = [.. input.Select(column => column.Name)];
        ServiceCollection services = new();
        services.AddPredictionEnginePool<FeatureRow, FastTreePrediction>();
        services.AddOptions<PredictionEnginePoolOptions<FeatureRow, FastTreePrediction>>(version)
            .Configure(options => options.ModelLoader = new Loaded(new NamedColumns(model, _names)));
        _pool = services.BuildServiceProvider().GetRequiredService<PredictionEnginePool<FeatureRow, FastTreePrediction>>();
    }

    /// <summary>Forecasts a snapshot over the horizon that was learnt.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">A feature is infinite.</exception>
    public Forecast Predict(Snapshot snapshot)
    {
        FeatureTable features = snapshot.Features;
        FiniteFeatures.Check(features);
        ReadOnlyMemory<float>[] columns = [.. _names.Select(name => features.Column(features.Schema.Find(name)))];
        Forecast forecast = new(snapshot.Count);
        FeatureRow row = new() { Features = new float[columns.Length] };
        FastTreePrediction answer = new();
        PredictionEngine<FeatureRow, FastTreePrediction> engine = _pool.GetPredictionEngine(_version);
        try
        {
            for (int i = 0; i < forecast.Count; i++)
            {
                for (int f = 0; f < columns.Length; f++)
                    row.Features[f] = columns[f].Span[i];
                engine.Predict(row, ref answer);
                forecast.ChurnProbability[i] = answer.ChurnProbability;
                forecast.ExpectedPurchases[i] = answer.ExpectedPurchases;
                forecast.ExpectedSpend[i] = answer.ExpectedSpend;
            }
        }
        finally
        {
            _pool.ReturnPredictionEngine(_version, engine);
        }
        return forecast;
    }

    /// <summary>A model that never changes.</summary>
    private sealed class Loaded(ITransformer model) : ModelLoader
    {
        public override ITransformer GetModel() => model;

        public override IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);
    }
}
#endif
