using System.Collections.Concurrent;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.Training;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;

namespace CustomerValue.MLNet.Serving;

/// <summary>ML.NET's prediction engines of one version; each answers one caller at a time and then waits for the next.</summary>
/// <remarks>Made from bytes that the store has verified, and gone with the version when another is promoted: nothing is ever reloaded under a name.</remarks>
internal sealed class VersionPool
{
    private readonly ConcurrentBag<PredictionEngine<FeatureRow, FastTreePrediction>> _idle = [];
    private readonly MLContext _context = new();
    private readonly ITransformer _model;
    private readonly string[] _names;

    public VersionPool(byte[] zip)
    {
        ITransformer model = _context.Model.Load(new MemoryStream(zip), out DataViewSchema input);
        _names = [.. input.Select(column => column.Name)];
        _model = new NamedColumns(model, _names);
        _idle.Add(Engine());
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
        PredictionEngine<FeatureRow, FastTreePrediction> engine = _idle.TryTake(out PredictionEngine<FeatureRow, FastTreePrediction>? idle) ? idle : Engine();
        for (int i = 0; i < forecast.Count; i++)
        {
            for (int f = 0; f < columns.Length; f++)
                row.Features[f] = columns[f].Span[i];
            engine.Predict(row, ref answer);
            forecast.ChurnProbability[i] = answer.ChurnProbability;
            forecast.ExpectedPurchases[i] = answer.ExpectedPurchases;
            forecast.ExpectedSpend[i] = answer.ExpectedSpend;
        }
        _idle.Add(engine); // an engine that threw is not put back
        return forecast;
    }

    private PredictionEngine<FeatureRow, FastTreePrediction> Engine() =>
        _context.Model.CreatePredictionEngine<FeatureRow, FastTreePrediction>(_model, new PredictionEngineOptions { OwnsTransformer = false });
}
