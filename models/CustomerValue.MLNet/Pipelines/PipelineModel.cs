using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.Data.Windows;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.MLNet.Pipelines;

/// <summary>A pipeline that is not all trees: ML.NET's prediction engines answer from its zip. One that is all trees becomes a <see cref="BoostedModel"/>, which scores faster and explains exactly.</summary>
internal sealed class PipelineModel : IFeatureModel
{
    private readonly PipelineState _state;
    private readonly byte[] _zip;
    private readonly VersionPool _pool;
    private readonly IPriorModel _prior;

    public PipelineModel(string name, PipelineState state, byte[] zip, VersionPool pool, IPriorModel prior, BoostedTarget? churnTrees)
    {
        Name = name;
        _state = state;
        _zip = zip;
        _pool = pool;
        _prior = prior;
        ChurnTrees = churnTrees;
    }

    public string Name { get; }

    public string Description => _state.Description;

    /// <summary>ML.NET answers in single precision.</summary>
    public double Tolerance => 1e-5;

    public IReadOnlyList<float> Typical => [.. _state.Typical.Select(value => value ?? float.NaN)];

    public BoostedTarget? ChurnTrees { get; }

    public double[] ChurnOf(FeatureTable features) => _pool.Predict(features).ChurnProbability;

    public Forecast Predict(Snapshot snapshot, Horizon horizon)
    {
        Forecast forecast = _pool.Predict(snapshot.Features);
        if (horizon.Days != _state.HorizonDays)
            OtherHorizon.Carry(forecast, _prior.View(snapshot, new Horizon(_state.HorizonDays)), _prior.View(snapshot, horizon));
        return forecast;
    }

    public void Save(VersionWriter writer)
    {
        if (writer.Has(StateName(Name)))
            return;
        writer.WriteJson(StateName(Name), _state);
        writer.Write(PipelineCandidate.ZipName(Name), _zip);
        if (ChurnTrees is { } trees)
            writer.Write(TreesName(Name), trees.Boosters[0].Save);
        _prior.Save(writer);
    }

    /// <summary>Whether a version holds one.</summary>
    public static bool IsIn(VersionReader reader, string name) => reader.Manifest.Files.Any(file => file.Name == StateName(name));

    /// <exception cref="ModelStoreException">The files are not what <see cref="Save"/> wrote.</exception>
    public static PipelineModel Read(string name, VersionReader reader, IPriorTrainer priors, byte[] zip, VersionPool pool)
    {
        PipelineState state = reader.ReadJson<PipelineState>(StateName(name));
        return new PipelineModel(name, state, zip, pool, priors.ReadSaved(state.Prior, reader), reader.Manifest.Files.Any(file => file.Name == TreesName(name)) ? ReadTrees(name, reader) : null);
    }

    private static BoostedTarget ReadTrees(string name, VersionReader reader)
    {
        try
        {
            return new BoostedTarget(Target.Churn, [Booster.Load(new MemoryStream(reader.Read(TreesName(name))))]);
        }
        catch (InvalidModelException error)
        {
            throw new ModelStoreException($"{TreesName(name)} of version {reader.Manifest.Version}: {error.Message} Train the version again.", error);
        }
    }

    private static string StateName(string name) => $"{name}.pipeline.json";

    private static string TreesName(string name) => $"{name}.churn.booster";
}

/// <summary>What a version says of a pipeline beside its zip.</summary>
/// <param name="Description">The model introducing itself.</param>
/// <param name="Prior">Name of the prior that carries it to other horizons.</param>
/// <param name="HorizonDays">The horizon that was learnt.</param>
/// <param name="Typical">A typical customer: the median of each feature, the commonest level, null where most miss it.</param>
internal sealed record PipelineState(string Description, string Prior, int HorizonDays, IReadOnlyList<float?> Typical);
