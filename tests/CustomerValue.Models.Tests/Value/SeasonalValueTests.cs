using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Value;

public class SeasonalValueTests
{
    private static readonly SeasonalShop s_gifts = new(1500, SeasonalShop.Christmas, seed: 3);
    private static readonly SeasonalShop s_mild = new(1500, SeasonalShop.Mild, seed: 4);

    /// <summary>
    /// Three years hold three of every season, whatever the month they are counted from. Some 1,200 customers bring about 9,000 purchases in three years;
    /// chance alone moves their sum by some 3 %, and the margin is that, the same of the fitted rates, and the level of the years, together.
    /// </summary>
    [Theory]
    [InlineData(true, 4, 10)]
    [InlineData(true, 7, 10)]
    [InlineData(true, 10, 1)]
    [InlineData(false, 1, 10)]
    [InlineData(false, 10, 1)]
    public void Lifetime_value_of_a_seasonal_shop_is_what_three_years_bring_whenever_it_is_asked(bool gifts, int month, int day)
    {
        SeasonalShop shop = gifts ? s_gifts : s_mild;
        DateOnly asOf = new(2024, month, day);

        double value = LifetimeValueOf(shop, asOf), truth = shop.Truth(asOf, new ValueOptions());

        (value / truth).Should().BeInRange(0.87, 1.15);
    }

    [Fact]
    public void A_season_is_one_on_average_and_found_where_it_is()
    {
        SeasonIndex season = SeasonIndex.Learn(s_gifts.Before(new DateOnly(2024, 4, 10)), new DateOnly(2024, 4, 10));

        season.Mean(new DateOnly(2024, 3, 1), 0, 365.25).Should().BeApproximately(1, 1e-9);
        season.Mean(new DateOnly(2024, 12, 4), 0, 14).Should().BeGreaterThan(4);
        season.Mean(new DateOnly(2024, 6, 1), 0, 60).Should().BeInRange(0.2, 0.5);
    }

    [Fact]
    public void Days_of_the_seasons_clock_add_up_and_a_year_is_a_year()
    {
        SeasonIndex season = SeasonIndex.Learn(s_mild.Before(new DateOnly(2024, 4, 10)), new DateOnly(2024, 4, 10));
        DateOnly day = new(2023, 9, 17);

        (season.Days(day, 0, 100.5) + season.Days(day, 100.5, 400)).Should().BeApproximately(season.Days(day, 0, 400), 1e-9);
        season.Days(day, 10, 10 + 365.25).Should().BeApproximately(365.25, 1e-9);
    }

    [Fact]
    public void Less_than_a_year_after_the_first_months_knows_no_season()
    {
        SeasonIndex season = SeasonIndex.Learn(s_gifts.Before(new DateOnly(2022, 3, 20)), new DateOnly(2022, 3, 20));

        season.Factors.Should().BeEmpty();
        season.Mean(new DateOnly(2022, 4, 1), 0, 90).Should().Be(1);
    }

    [Fact]
    public void A_season_looks_at_nothing_from_the_cutoff_on()
    {
        DateOnly cutoff = new(2023, 10, 1);

        SeasonIndex.Learn(s_gifts.Before(new DateOnly(2025, 6, 1)), cutoff).Factors
            .Should().Equal(SeasonIndex.Learn(s_gifts.Before(cutoff), cutoff).Factors);
    }

    private static double LifetimeValueOf(SeasonalShop shop, DateOnly asOf)
    {
        RaceInput input = Logs.Input(shop.Before(asOf), asOf, 90, threads: 2);
        RaceResult result = new Race(CandidateCatalogue.Standard).Run(input);
        string folder = Directory.CreateTempSubdirectory("seasonal-value").FullName;
        try
        {
            ModelStore store = new(folder, TimeProvider.System);
            Manifest manifest = VersionPublisher.Publish(store, input, result, new ValueOptions(), "tests", new Dictionary<string, string>());
            return ScoringModel.Load(store.Open(manifest.Version), CandidateCatalogue.Standard).Score(input.Log, null, asOf, 2, CancellationToken.None).LifetimeValue.Sum();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
