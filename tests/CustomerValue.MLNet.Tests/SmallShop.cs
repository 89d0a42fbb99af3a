using CustomerValue.MLNet.FastTree;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Tests;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.MLNet.Tests;

/// <summary>A simulated shop, a race in which FastTree is the only candidate with trees, and stores with its versions.</summary>
internal static class SmallShop
{
    public const int HorizonDays = 60;

    public static BuyTillYouDieTrainer Prior { get; } = new("mbg-nbd");

    public static RaceInput Input { get; } = Logs.Input(Logs.Simulated(700, 5), new DateOnly(2024, 9, 1), HorizonDays);

    /// <summary>A later look at the same shop: another version, other answers.</summary>
    public static RaceInput Later { get; } = Logs.Input(Logs.Simulated(700, 5), new DateOnly(2024, 10, 1), HorizonDays);

    public static RaceResult Race { get; } = Run(Input);

    public static BoostedModel Model => ModelOf(Race);

    public static CandidateCatalogue Entrants(bool fromPool = false) =>
        new CandidateCatalogue([Prior], Prior.Name, null).With(FastTreeCandidate.Of(Prior, FastTreeSize.Budget, fromPool));

    public static RaceResult Run(RaceInput input) => new Race(Entrants()).Run(input);

    public static BoostedModel ModelOf(RaceResult race) => race.Entrants.Select(entrant => entrant.Model).OfType<BoostedModel>().Single();

    /// <summary>Publishes FastTree's model of a race, whoever won it.</summary>
    public static Manifest Publish(ModelStore store, RaceInput input, RaceResult race) =>
        VersionPublisher.Publish(store, input, race with { Champion = ModelOf(race) },
            new ValueOptions(), "tests", new Dictionary<string, string>());
}
