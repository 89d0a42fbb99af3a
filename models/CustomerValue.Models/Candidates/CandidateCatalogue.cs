using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>The entrants of the race; a new candidate is one class and one line here.</summary>
public sealed class CandidateCatalogue
{
    private readonly Dictionary<string, ICandidateTrainer> _byName;
    private readonly ICandidateTrainer[] _readers;
    private readonly Func<string, ICandidateTrainer?>? _unknown;

    /// <summary>A catalogue of trainers with distinct names.</summary>
    /// <param name="trainers">Simplest first.</param>
    /// <param name="priorName">The one among them that boosting starts from and that travels with every version.</param>
    /// <param name="combinationName">The candidate that combines others and is preferred where it ran, or null.</param>
    public CandidateCatalogue(IEnumerable<ICandidateTrainer> trainers, string priorName, string? combinationName)
        : this([.. trainers], [], priorName, combinationName, null)
    {
    }

    private CandidateCatalogue(ICandidateTrainer[] trainers, ICandidateTrainer[] readers, string priorName, string? combinationName, Func<string, ICandidateTrainer?>? unknown)
    {
        _unknown = unknown;
        CombinationName = combinationName;
        PriorName = priorName;
        Trainers = trainers;
        _readers = readers;
        _byName = trainers.Concat(readers).ToDictionary(trainer => trainer.Name, StringComparer.Ordinal);
        Prior = _byName.GetValueOrDefault(priorName) as IPriorTrainer;
    }

    /// <summary>The candidates every installation has, simplest first: ties of the race go to the earlier one.</summary>
    public static CandidateCatalogue Standard { get; } = CreateStandard();

    /// <summary>Name of the candidate that boosting starts from and that travels with every version.</summary>
    public string PriorName { get; }

    /// <summary>The candidate of that name in its role; null where it cannot be a prior, and nothing then starts from one.</summary>
    public IPriorTrainer? Prior { get; }

    /// <summary>Name of the candidate that combines others, or null.</summary>
    public string? CombinationName { get; }

    /// <summary>All trainers, simplest first.</summary>
    public IReadOnlyList<ICandidateTrainer> Trainers { get; }

    /// <summary>This catalogue with one more entrant, placed before the candidate that combines others: how a program adds what only it can build.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public CandidateCatalogue With(ICandidateTrainer trainer)
    {
        int combination = Trainers.TakeWhile(entrant => entrant.Name != CombinationName).Count();
        return new CandidateCatalogue([.. Trainers.Take(combination), trainer, .. Trainers.Skip(combination)], _readers, PriorName, CombinationName, _unknown);
    }

    /// <summary>This catalogue with the named entrants alone in the race, and the prior, which boosting and every version need; saved models of the others are still read.</summary>
    /// <exception cref="ArgumentException">A name is no entrant's.</exception>
    public CandidateCatalogue Only(IReadOnlyCollection<string> names)
    {
        if (names.FirstOrDefault(name => Trainers.All(trainer => trainer.Name != name)) is { } unknown)
            throw new ArgumentException($"found candidate '{unknown}', expected one of {string.Join(", ", Trainers.Select(trainer => trainer.Name))}", nameof(names));
        ILookup<bool, ICandidateTrainer> racing = Trainers.ToLookup(trainer => trainer.Name == PriorName || names.Contains(trainer.Name));
        return new CandidateCatalogue([.. racing[true]], [.. _readers, .. racing[false]], PriorName, CombinationName, _unknown);
    }

    /// <summary>This catalogue with one more candidate that does not race, but whose saved models are read.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public CandidateCatalogue WithReader(ICandidateTrainer reader) => new([.. Trainers], [.. _readers, reader], PriorName, CombinationName, _unknown);

    /// <summary>This catalogue with a way to read saved models whose candidate's name no program knows beforehand: candidates that users wrote.</summary>
    /// <param name="unknown">From a name to who reads its models; null where nobody does.</param>
    public CandidateCatalogue WithUnknown(Func<string, ICandidateTrainer?> unknown) => new([.. Trainers], _readers, PriorName, CombinationName, unknown);

    /// <summary>The trainer of a name.</summary>
    /// <exception cref="ModelStoreException">No candidate has this name.</exception>
    public ICandidateTrainer this[string name] => _byName.GetValueOrDefault(name) ?? _unknown?.Invoke(name)
        ?? throw new ModelStoreException($"Found candidate '{name}', expected one of {string.Join(", ", _byName.Keys)}. Use the program that trained the version, or train again.");

    /// <summary>Restores a saved model of a candidate.</summary>
    /// <exception cref="ModelStoreException">The name or the files are not of a candidate this program knows.</exception>
    public ICustomerModel Read(string name, VersionReader reader) =>
        name == PerTargetModel.CandidateName ? PerTargetModel.Read(this, reader)
        : name == Blend.CandidateName ? Blend.Read(this, reader)
        : name == AverageModel.CandidateName ? AverageModel.Read(this, reader) : this[name].Read(reader);

    private static CandidateCatalogue CreateStandard()
    {
        BuyTillYouDieTrainer prior = new("mbg-nbd");
        SeasonalPrior.Trainer seasonal = new(prior);
        BoostedTrainer trees = new("prior-boosted", fromPrior: true, prior);
        Blend.Trainer blend = new();
        return new CandidateCatalogue(
        [
            new RecencyRule(),
            new MeanSpend.Trainer(),
            new BuyTillYouDieTrainer("pareto-nbd"),
            prior,
            new BuyTillYouDieTrainer("bg-nbd"),
            new BuyTillYouDieTrainer("mbg-cnbd-k", isRegular: true),
            seasonal,
            new BoostedTrainer("boosted", fromPrior: false, prior),
            trees,
            blend,
        ], prior.Name, blend.Name);
    }
}
