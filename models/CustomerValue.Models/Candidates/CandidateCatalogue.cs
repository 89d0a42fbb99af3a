using CustomerValue.Models.Learning;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>The entrants of the race; a new candidate is one class and one line here.</summary>
public sealed class CandidateCatalogue
{
    private readonly Dictionary<string, ICandidateTrainer> _byName;

    /// <summary>A catalogue of trainers with distinct names.</summary>
    /// <param name="trainers">Simplest first.</param>
    /// <param name="priorName">The buy-till-you-die model among them that boosting starts from and that travels with every version.</param>
    /// <param name="combinationName">The candidate that combines others and is preferred where it ran, or null.</param>
    public CandidateCatalogue(IEnumerable<ICandidateTrainer> trainers, string priorName, string? combinationName)
    {
        CombinationName = combinationName;
        PriorName = priorName;
        Trainers = [.. trainers];
        _byName = Trainers.ToDictionary(trainer => trainer.Name, StringComparer.Ordinal);
    }

    /// <summary>The candidates every installation has, simplest first: ties of the race go to the earlier one.</summary>
    public static CandidateCatalogue Standard { get; } = CreateStandard();

    /// <summary>Name of the buy-till-you-die model that boosting starts from and that travels with every version.</summary>
    public string PriorName { get; }

    /// <summary>Name of the candidate that combines others, or null.</summary>
    public string? CombinationName { get; }

    /// <summary>All trainers, simplest first.</summary>
    public IReadOnlyList<ICandidateTrainer> Trainers { get; }

    /// <summary>The trainer of a name.</summary>
    /// <exception cref="ModelStoreException">No candidate has this name.</exception>
    public ICandidateTrainer this[string name] => _byName.GetValueOrDefault(name)
        ?? throw new ModelStoreException($"Found candidate '{name}', expected one of {string.Join(", ", _byName.Keys)}. Use the program that trained the version, or train again.");

    /// <summary>Restores a saved model of a candidate.</summary>
    /// <exception cref="ModelStoreException">The name or the files are not of a candidate this program knows.</exception>
    public ICustomerModel Read(string name, VersionReader reader) =>
        name == PerTargetModel.CandidateName ? PerTargetModel.Read(this, reader) : this[name].Read(reader);

    private static CandidateCatalogue CreateStandard()
    {
        const string prior = "mbg-nbd";
        SeasonalPrior.Trainer seasonal = new();
        BoostedTrainer trees = new("prior-boosted", fromPrior: true);
        Blend.Trainer blend = new(trees, seasonal);
        return new CandidateCatalogue(
        [
            new RecencyRule(),
            new MeanSpend.Trainer(),
            new BuyTillYouDieTrainer("pareto-nbd"),
            new BuyTillYouDieTrainer(prior),
            new BuyTillYouDieTrainer("bg-nbd"),
            seasonal,
            new BoostedTrainer("boosted", fromPrior: false),
            trees,
            blend,
        ], prior, blend.Name);
    }
}
