using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Candidates;

/// <summary>Somebody else's candidate: it sees features and outcomes, and nothing of buy-till-you-die models, boosters or other insides.</summary>
public sealed class ThirdPartyCandidateTests : IDisposable
{
    private const int HorizonDays = 60;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void It_races_beside_the_others_and_learns_from_past_origins()
    {
        RaceInput input = Logs.Input(Logs.Simulated(400, seed: 11), new DateOnly(2024, 10, 1), HorizonDays);

        RaceResult race = new Race(new CandidateCatalogue([CandidateCatalogue.Standard["mbg-nbd"]], "mbg-nbd", null).With(new CohortMeans())).Run(input);

        race.Report!.Candidates.Single(candidate => candidate.Name == "cohort-means").Churn.Auc.Should().BeGreaterThan(0.5);
        race.Validation!.Forecasts.Should().ContainKey("cohort-means");
    }

    [Fact]
    public void As_champion_it_is_published_loaded_scored_and_explained_like_the_houses_own()
    {
        RaceInput input = Logs.Input(Logs.Simulated(400, seed: 11), new DateOnly(2024, 10, 1), HorizonDays);
        CandidateCatalogue catalogue = new([CandidateCatalogue.Standard["mbg-nbd"], new CohortMeans()], "mbg-nbd", "cohort-means");
        RaceResult race = new Race(catalogue).Run(input);
        race = race with { Champion = race.Entrants.Single(entrant => entrant.Model.Name == "cohort-means").Model };
        ModelStore store = new(_folder, TimeProvider.System);

        Manifest manifest = VersionPublisher.Publish(store, input, race, new ValueOptions(), "tests", new Dictionary<string, string>());
        ScoredCustomers scored = ScoringModel.Load(store.Open(manifest.Version), catalogue).Score(race.Latest, reasons: 1, threads: 1, CancellationToken.None);

        scored.ExpectedPurchases.Should().Equal(race.Champion.Forecast(race.Latest, HorizonDays).ExpectedPurchases);
        scored.Explanations.Should().OnlyContain(explanation => explanation.Reasons.Count == 1);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Customers with as many purchase days behind them do what such customers did at past origins.</summary>
    private sealed class CohortMeans : ICandidateTrainer
    {
        private const int Most = 20;

        public string Name => "cohort-means";

        public bool IsBaseline => false;

        public string? WhyNot(TrainingSet training) => training.Past.Count == 0 ? "there is no past origin" : null;

        public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
        {
            double[] customers = new double[Most + 1], gone = new double[Most + 1], purchases = new double[Most + 1], spend = new double[Most + 1];
            foreach (Snapshot past in training.Past.Origins.Select(origin => origin.Snapshot))
                for (int i = 0; i < past.Count; i++)
                {
                    int cohort = (int)Math.Min(past.Aggregates.X[i], Most);
                    customers[cohort]++;
                    gone[cohort] += past.Outcomes!.Churned[i] ? 1 : 0;
                    purchases[cohort] += past.Outcomes.Purchases[i];
                    spend[cohort] += Math.Max(past.Outcomes.Spend[i], 0);
                }
            return new FittedCandidate(new Model(new Means(customers, gone, purchases, spend, training.Horizon.Days)), []);
        }

        public ICustomerModel Read(VersionReader reader) => new Model(reader.ReadJson<Means>("cohort-means.json"));
    }

    private sealed record Means(double[] Customers, double[] Gone, double[] Purchases, double[] Spend, int HorizonDays);

    private sealed class Model(Means means) : ICustomerModel
    {
        public string Name => "cohort-means";

        public string Description => "cohort-means: what customers with as many purchases did";

        public Forecast Predict(Snapshot snapshot, Horizon horizon)
        {
            Forecast forecast = new(snapshot.Count);
            double times = horizon.Days / (double)means.HorizonDays;
            for (int i = 0; i < forecast.Count; i++)
            {
                int cohort = (int)Math.Min(snapshot.Aggregates.X[i], means.Customers.Length - 1);
                double customers = means.Customers[cohort] + 1;
                forecast.ChurnProbability[i] = Math.Pow((means.Gone[cohort] + 0.5) / customers, times);
                forecast.ExpectedPurchases[i] = times * means.Purchases[cohort] / customers;
                forecast.ExpectedSpend[i] = times * means.Spend[cohort] / customers;
            }
            return forecast;
        }

        public void Save(VersionWriter writer) => writer.WriteJson("cohort-means.json", means);
    }
}
