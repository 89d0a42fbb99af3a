using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Racing;

/// <summary>What could not be judged, and what only measures the others.</summary>
public sealed class LateCandidateTests : IDisposable
{
    private const int HorizonDays = 60;
    private readonly string _folder = Directory.CreateTempSubdirectory("late-").FullName;

    /// <summary>150 days of history hold a past origin of 60 days, and that origin none of its own: trees run at the cutoff and could not before.</summary>
    [Fact]
    public void Candidates_that_could_not_run_at_the_validation_origin_are_averaged_in()
    {
        RaceInput input = Logs.Input(Logs.Simulated(400, seed: 3), new DateOnly(2023, 5, 31), HorizonDays);

        RaceResult race = new Race(CandidateCatalogue.Standard).Run(input);

        race.Validation!.Forecasts.Should().NotContainKey("boosted");
        Blend champion = race.Champion.Should().BeOfType<Blend>(race.Champion.Description).Subject;
        champion.Parts.Single(part => part.Name == "boosted").Purchases.Should().BeInRange(0.2, 0.5, "unjudged, a family counts about as much as the others");
        Manifest manifest = VersionPublisher.Publish(new ModelStore(_folder, TimeProvider.System), input, race, new ValueOptions(), "tests", new Dictionary<string, string>());
        ScoringModel model = ScoringModel.Load(new ModelStore(_folder, TimeProvider.System).Open(manifest.Version), CandidateCatalogue.Standard);
        model.Predict(race.Latest).ExpectedSpend.Should().Equal(champion.Forecast(race.Latest, HorizonDays).ExpectedSpend);
    }

    [Theory]
    [InlineData("2023-05-31")]
    [InlineData("2023-03-01")]
    [InlineData("2024-03-01")]
    public void A_naive_rule_never_serves_while_a_model_ran(string cutoff)
    {
        RaceResult race = new Race(CandidateCatalogue.Standard.Only(["recency-rule", "mean-spend", "mbg-nbd"])).Run(Logs.Input(Logs.Simulated(200, seed: 8), DateOnly.Parse(cutoff, System.Globalization.CultureInfo.InvariantCulture), HorizonDays));

        race.Champion.Name.Should().Be("mbg-nbd");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
