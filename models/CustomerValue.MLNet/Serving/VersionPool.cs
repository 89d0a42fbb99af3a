using System.Collections.Concurrent;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.Files;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Forecasting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Serving;

/// <summary>ML.NET's prediction engines of one version; each answers one caller at a time and then waits for the next.</summary>
/// <remarks>Made from bytes that the store has verified, and gone with the version when another is promoted: nothing is ever reloaded under a name.</remarks>
internal sealed class VersionPool
{
    private static readonly string[] s_answers = [nameof(PipelinePrediction.ChurnProbability), nameof(PipelinePrediction.ExpectedPurchases), nameof(PipelinePrediction.ExpectedSpend)];

    private readonly ConcurrentBag<PredictionEngine<FeatureRow, PipelinePrediction>> _idle = [];
    private readonly MLContext _context = new();
    private readonly NamedColumns _model;
    private readonly string[] _names;

    /// <param name="zip">ML.NET's file, which has its own checks.</param>
    /// <exception cref="ZipException">It is no model, needs a component that this program does not have, or does not answer what a version answers.</exception>
    public VersionPool(byte[] zip)
    {
        try
        {
            ITransformer model = _context.Model.Load(new MemoryStream(zip), out DataViewSchema input);
            FeatureColumns columns = FeatureColumns.Of(input);
            _names = [.. columns.Features.Select(feature => feature.Name)];
            DataViewSchema output = model.GetOutputSchema(columns.ToSchema());
            foreach (string answer in s_answers)
                if (output.GetColumnOrNull(answer)?.Type != NumberDataViewType.Single)
                    throw new FormatException($"it gives no column '{answer}' of Single");
            _model = new NamedColumns(model, columns);
            _idle.Add(Engine());
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // ML.NET throws whatever its reader stumbles over: FormatException, InvalidOperationException, IOException, ArgumentException, TargetInvocationException.
            throw new ZipException(Reason(zip, error.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')), error);
        }
    }

    /// <summary>Forecasts customers over the horizon that was learnt.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">A feature is infinite.</exception>
    public Forecast Predict(FeatureTable features)
    {
        FiniteFeatures.Check(features);
        ReadOnlyMemory<float>[] columns = [.. _names.Select(name => features.Schema.Find(name) is >= 0 and int place ? features.Column(place)
            : throw new ArgumentException($"The model asks for feature '{name}', which these customers do not have.", nameof(features)))];
        Forecast forecast = new(features.RowCount);
        FeatureRow row = new() { Values = new float[columns.Length] };
        PipelinePrediction answer = new();
        PredictionEngine<FeatureRow, PipelinePrediction> engine = _idle.TryTake(out PredictionEngine<FeatureRow, PipelinePrediction>? idle) ? idle : Engine();
        for (int i = 0; i < forecast.Count; i++)
        {
            for (int f = 0; f < columns.Length; f++)
                row.Values[f] = columns[f].Span[i];
            engine.Predict(row, ref answer);
            forecast.ChurnProbability[i] = answer.ChurnProbability;
            forecast.ExpectedPurchases[i] = answer.ExpectedPurchases;
            forecast.ExpectedSpend[i] = answer.ExpectedSpend;
        }
        _idle.Add(engine); // an engine that threw is not put back
        return forecast;
    }

    /// <summary>What ML.NET says, and of a part that it does not know the name.</summary>
    private static string Reason(byte[] zip, string said) =>
        said.Split(": '") is [_, { } place] && ZipFile.ComponentAt(zip, place.TrimEnd('\'')) is { Length: > 0 } component ? $"{said} (it needs the component {component})" : said;

    private PredictionEngine<FeatureRow, PipelinePrediction> Engine() =>
        _context.Model.CreatePredictionEngine<FeatureRow, PipelinePrediction>(_model, new PredictionEngineOptions { OwnsTransformer = false });
}

/// <summary>A zip that cannot answer.</summary>
/// <param name="reason">Why.</param>
/// <param name="inner">What ML.NET threw.</param>
internal sealed class ZipException(string reason, Exception inner) : Exception(reason, inner);
