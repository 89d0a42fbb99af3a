using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Tests;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting.Portfolio;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Reporting.Tests;

/// <summary>The portfolio of the small race, with costs, referrals and an earlier day.</summary>
internal static class PortfolioReports
{
    private static readonly Lazy<PortfolioReport> s_full = new(Build);

    /// <summary>Everything a report can show, in English.</summary>
    public static PortfolioReport Full => s_full.Value;

    private static PortfolioReport Build()
    {
        (RaceInput input, RaceResult result) = Races.Measured;
        string folder = Directory.CreateTempSubdirectory("portfolio-").FullName;
        try
        {
            ModelStore store = new(folder, TimeProvider.System);
            StrategySettings settings = new()
            {
                Rates = new CostRates(
                    [new ActivityRate("order", "order", 1, Units: 3, Pool: "desk"), new ActivityRate("line", "line", 0.4)],
                    [new ResourcePool("desk", 4000, 20_000)]),
            };
            Manifest manifest = VersionPublisher.Publish(store, input, result, new ValueOptions(), "tests", new Dictionary<string, string>(),
                writeMore: (writer, model, latest) => StrategyOfVersion.Learn(new StrategyPopulation(input.Log, latest.Aggregates, model.Score(latest, 0, 1, default), model.Margins), settings, Evidence(input.Log)).WriteTo(writer));
            VersionReader reader = store.Open(manifest.Version);
            ScoringModel model = ScoringModel.Load(reader, CandidateCatalogue.Standard);
            StrategyOfVersion strategy = StrategyOfVersion.Load(reader)!;
            StrategyResult earlier = Recommend(model, strategy, input, input.Cutoff);
            StrategyPopulation now = Population(model, input, input.Log.LastDay.AddDays(1));
            StrategyResult answer = strategy.Recommend(now, Evidence(input.Log), earlier.Strategies);
            return new PortfolioReport
            {
                Result = answer,
                Summary = answer.Strategies.Portfolio(),
                Strategy = strategy,
                OfVersion = true,
                Earlier = earlier.Strategies,
                Language = Language.English,
                Findings = answer.Findings,
                Plan = Decider.Decide(DecisionCustomers.From(answer), PlaybookReader.Default(DecisionCustomers.ScoredColumns), new DecisionOptions { Budget = 200 }),
                Budget = 200,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StrategyResult Recommend(ScoringModel model, StrategyOfVersion strategy, RaceInput input, DateOnly day) => strategy.Recommend(Population(model, input, day), Evidence(input.Log));

    private static StrategyPopulation Population(ScoringModel model, RaceInput input, DateOnly day)
    {
        Models.Snapshots.Snapshot snapshot = model.Snapshot(input.Log, input.Attributes, day, withOutcomes: false, threads: 1, default);
        return new StrategyPopulation(input.Log, snapshot.Aggregates, model.Score(snapshot, 0, 1, default), model.Margins);
    }

    /// <summary>Every fifth customer brought the next two.</summary>
    private static StrategyEvidence Evidence(TransactionLog log) => new()
    {
        Referrals = scope => ReferralGraph.From(
            Enumerable.Range(0, log.CustomerCount).Where(i => i % 5 != 0 && i % 5 < 3)
                .Select(i => new Referral(log.Customers[i - i % 5], log.Customers[i], log.FirstDay)), scope with { FirstDays = null }),
    };
}
