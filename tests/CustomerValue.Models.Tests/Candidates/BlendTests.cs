using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;

namespace CustomerValue.Models.Tests.Candidates;

public class BlendTests
{
    private static RaceResult Result => Races.Measured.Result;

    private static Blend Blend => Result.Entrants.Select(entrant => entrant.Model).OfType<Blend>().Single();

    [Fact]
    public void Every_candidate_that_ran_is_a_part_but_naive_rules()
    {
        Blend.Models.Select(model => model.Name).Should().Equal(Result.Entrants.Where(entrant => !entrant.IsBaseline && entrant.Model is not Models.Candidates.Blend && entrant.Trainer is not null).Select(entrant => entrant.Model.Name));
        foreach (Func<BlendPart, double> share in (Func<BlendPart, double>[])[part => part.Churn, part => part.Purchases])
            Blend.Parts.Sum(share).Should().BeApproximately(1, 1e-9);
        Blend.Parts.Sum(part => part.Spend).Should().BeInRange(0.1, 1, "what is left is the product of purchases and money a purchase");
    }

    /// <summary>Shares mix means, so totals that are alike stay what they are; log-odds mix to about, since their mean is not the mean of probabilities.</summary>
    [Fact]
    public void Its_purchases_add_up_to_those_of_the_level()
    {
        Forecast blend = Blend.Predict(Result.Latest, Races.HorizonDays), level = Result.Entrants.Select(entrant => entrant.Model).OfType<SeasonalPrior>().Single().Predict(Result.Latest, Races.HorizonDays);

        blend.ExpectedPurchases.Sum().Should().BeApproximately(level.ExpectedPurchases.Sum(), 1e-6 * level.ExpectedPurchases.Sum());
        blend.ExpectedSpend.Sum().Should().BeApproximately(level.ExpectedSpend.Sum(), 0.3 * level.ExpectedSpend.Sum());
        blend.ChurnProbability.Average().Should().BeApproximately(level.ChurnProbability.Average(), 0.02);
    }

    [Fact]
    public void A_share_of_the_product_needs_a_prior_to_give_money_a_purchase()
    {
        Action make = () => _ = new Blend([Result.Entrants[^1].Model], [new BlendPart("x", 1, 1, 0.5)], 0.5, LevelCurve.Flat(Races.Cutoff));

        make.Should().Throw<ArgumentException>();
    }
}
