using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;

namespace CustomerValue.Models.Tests.Racing;

/// <summary>The CDNOW sample, calibration to 1997-09-30, 39 weeks ahead: Fader, Hardie and Lee (2005) and the reference results.</summary>
public class CdnowRaceTests
{
    [Fact]
    public void Bg_nbd_and_gamma_gamma_come_out_as_published()
    {
        RaceResult result = Run();

        BuyTillYouDieModel model = result.Entrants.Select(entrant => entrant.Model).OfType<BuyTillYouDieModel>().Single(model => model.Name == "bg-nbd");
        double[] published = [0.2425945, 4.4136019, 0.7929199, 2.4258881];
        model.Purchases.Parameters.Select((parameter, i) => parameter.Value / published[i] - 1).Should().OnlyContain(error => Math.Abs(error) < 1e-3);
        model.Description.Should().Contain("log-likelihood -9582.4").And.Contain("log-likelihood -4055.9");
        model.Spend.Customers.Should().Be(946);
        model.Spend.LogLikelihood.Should().BeApproximately(-4055.918, 0.01);
    }

    [Fact]
    public void Bg_nbd_forecasts_the_next_39_weeks_as_well_as_published()
    {
        CandidateReport report = Run().Report!.Candidates.Single(candidate => candidate.Name == "bg-nbd");

        report.Purchases.Mae.Should().BeInRange(0.785, 0.786);
        report.Purchases.Rmse.Should().BeApproximately(1.6080, 5e-4);
        report.Purchases.Bias.Should().BeApproximately(-0.121, 5e-4);
        report.Purchases.Pearson.Should().BeApproximately(0.6256, 5e-4);
        report.Churn.Auc.Should().BeInRange(0.772, 0.773);
    }

    private static RaceResult Run() => new Race(CandidateCatalogue.Standard).Run(Logs.Input(Logs.Cdnow(), new DateOnly(1997, 10, 1), 273));
}
