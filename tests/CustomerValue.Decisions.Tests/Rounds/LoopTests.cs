using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Tests.Rounds;

/// <summary>Five rounds of plan, run, measure and update on simulated shops, beside what people do without; 50 shops where CUSTOMER_VALUE_ACCEPTANCE is 1.</summary>
public sealed class LoopTests(ITestOutputHelper output)
{
    private const int RoundCount = 5;

    /// <summary>Share left alone, by round: much while little is known.</summary>
    private static readonly double[] s_control = [0.2, 0.1, 0.05, 0.05, 0.05];
    private static readonly bool s_acceptance = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_ACCEPTANCE") == "1";

    [Fact]
    public void Measuring_and_updating_earns_more_than_assumptions_kept_for_ever_than_targeting_by_churn_and_than_no_campaign()
    {
        int shops = s_acceptance ? 50 : 3, count = s_acceptance ? 6000 : 3000;
        double[][] learning = new double[shops][], assuming = new double[shops][], churn = new double[shops][], none = [.. Enumerable.Range(0, shops).Select(_ => new double[RoundCount])];
        double[] errorBefore = new double[shops], errorAfter = new double[shops];
        Parallel.For(0, shops, new ParallelOptions { MaxDegreeOfParallelism = 2 }, shop =>
        {
            Bazaar bazaar = new(100 + shop, count, RoundCount);
            Learner learner = new(bazaar);
            learning[shop] = Run(bazaar, learner.Round);
            assuming[shop] = Run(bazaar, Assuming);
            churn[shop] = Run(bazaar, ByChurn);
            (errorBefore[shop], errorAfter[shop]) = (learner.Error(bazaar.Playbook), learner.Error(learner.Playbook));
        });
        foreach ((string name, double[][] earned) in new[] { ("measuring and updating", learning), ("assumptions for ever", assuming), ("targeting by churn", churn), ("no campaign", none) })
            output.WriteLine($"{name}: {Of([.. earned.Select(rounds => rounds.Sum())])} a shop, by round {string.Join(", ", Enumerable.Range(0, RoundCount).Select(r => earned.Average(rounds => rounds[r]).ToString("F0", CultureInfo.InvariantCulture)))}; the first earns more by {Of(Differences(learning, earned))}");
        output.WriteLine($"error of effects over what was assumed of them: {errorBefore.Average():F2} before, {errorAfter.Average():F2} after");
        errorAfter.Average().Should().BeLessThan(errorBefore.Average(), "what was measured is nearer to the truth");
        foreach (double[][] other in new[] { churn, none })
            Differences(learning, other).Average().Should().BePositive();
        if (s_acceptance)
            foreach (double[][] other in new[] { assuming, churn, none })
                (Differences(learning, other).Average() - 1.96 * Error(Differences(learning, other))).Should().BePositive();
    }

    private delegate (int[] Action, Action<List<Transaction>> Learn) Policy(Bazaar bazaar, int round, DecisionCustomers customers, List<Transaction> past);

    private static double[] Run(Bazaar bazaar, Policy policy)
    {
        List<Transaction> log = bazaar.Past;
        double[] earned = new double[RoundCount];
        for (int round = 0; round < RoundCount; round++)
        {
            DecisionCustomers customers = Bazaar.Forecast(round, log);
            (int[] chosen, Action<List<Transaction>> learn) = policy(bazaar, round, customers, log);
            int[] action = new int[log.Select(row => Bazaar.IndexOf(row.CustomerId)).Max() + 1];
            Array.Fill(action, -1);
            for (int i = 0; i < chosen.Length; i++)
                action[Bazaar.IndexOf(customers.Ids[i])] = chosen[i];
            (List<Transaction> lines, earned[round]) = bazaar.Play(round, action);
            log = [.. log, .. lines];
            learn(log);
        }
        return earned;
    }

    private static DecisionOptions Options(DecisionCustomers customers) => new() { Budget = 0.8 * customers.Count, Effort = 0 };

    /// <summary>Decides with what is known, leaves a part of each action alone, measures it, and lets the playbook learn.</summary>
    private sealed class Learner(Bazaar bazaar)
    {
        private const int LeastMeasured = 40;

        private readonly List<CampaignResult> _results = [];

        public ActionPlaybook Playbook { get; private set; } = bazaar.Playbook;

        /// <summary>Mean error of what a playbook says of the effects that were measured, as a share of what was assumed of them.</summary>
        public double Error(ActionPlaybook playbook) => Enumerable.Range(0, Playbook.Actions.Count).SelectMany(a => Playbook.Actions[a].Effects.Where(effect => !effect.IsAssumed)
            .Select(effect => Math.Abs(playbook.Actions[a].EffectOn(effect.Kind)!.Mean - bazaar.TrueEffects[a][effect.Kind]) / bazaar.Playbook.Actions[a].EffectOn(effect.Kind)!.Mean)).Average();

        public (int[] Action, Action<List<Transaction>> Learn) Round(Bazaar _, int round, DecisionCustomers customers, List<Transaction> past)
        {
            DecisionPlan plan = Decider.Decide(customers, Playbook, Options(customers));
            int[] chosen = [.. Enumerable.Range(0, customers.Count).Select(plan.ActionOf)];
            int[] measured = [.. plan.Actions.Where(share => share.Customers >= LeastMeasured).Select(share => share.Action)];
            if (measured.Length == 0)
                return (chosen, _ => { });
            CampaignDesign design = new()
            {
                Name = $"round-{round}",
                Start = customers.AsOf,
                OutcomeDays = Bazaar.RoundDays,
                Playbook = Playbook,
                ControlShare = s_control[round],
                Arms = [.. measured.Select(a => new CampaignArm(Playbook.Actions[a].Id, Playbook.Actions[a].Id, 1, Playbook.Actions[a].CostPerCustomer, 0))],
            };
            int[] intended = Array.ConvertAll(chosen, a => Array.IndexOf(measured, a) + 1);
            (CampaignPlan campaign, CampaignAssignment assignment) = new CampaignPlanner(customers, TransactionLog.From(past), ReturnsPolicy.Net).Plan(design, Array.ConvertAll(intended, arm => arm > 0), intended, new GlobalHoldout(0), []);
            for (int k = 0; k < assignment.Count; k++)
                if (assignment.Arm[k] == 0)
                    chosen[Array.BinarySearch(customers.Ids, assignment.Ids[k], StringComparer.Ordinal)] = -1;
            return (chosen, log =>
            {
                _results.Add(CampaignMeasurement.Measure(campaign, assignment, TransactionLog.From(log), ReturnsPolicy.Net, null, null, []));
                Playbook = PlaybookReader.Parse(PlaybookLearning.Write(bazaar.Playbook, PlaybookLearning.Know(bazaar.Playbook, _results)), "learnt", DecisionCustomers.ScoredColumns);
            }
            );
        }
    }

    private static (int[], Action<List<Transaction>>) Assuming(Bazaar bazaar, int round, DecisionCustomers customers, List<Transaction> past)
    {
        DecisionPlan plan = Decider.Decide(customers, bazaar.Playbook, Options(customers));
        return ([.. Enumerable.Range(0, customers.Count).Select(plan.ActionOf)], _ => { });
    }

    /// <summary>Those most likely to leave, as far as the money goes, with the action that by assumption earns most so.</summary>
    private static (int[], Action<List<Transaction>>) ByChurn(Bazaar bazaar, int round, DecisionCustomers customers, List<Transaction> past)
    {
        GainModel model = new(customers);
        int[] order = [.. Enumerable.Range(0, customers.Count).OrderByDescending(i => customers.ChurnProbability[i])];
        double budget = Options(customers).Budget!.Value;
        int best = Enumerable.Range(0, bazaar.Playbook.Actions.Count).MaxBy(a => Targets(a).Sum(i => model.Of(i, bazaar.Playbook.Actions[a]).Gain));
        int[] chosen = new int[customers.Count];
        Array.Fill(chosen, -1);
        foreach (int i in Targets(best))
            chosen[i] = best;
        return (chosen, _ => { });

        IEnumerable<int> Targets(int action) => order.Take((int)(budget / bazaar.Playbook.Actions[action].CostPerCustomer));
    }

    private static double[] Differences(double[][] one, double[][] other) => [.. one.Select((rounds, shop) => rounds.Sum() - other[shop].Sum())];

    private static string Of(double[] values) => $"{values.Average():F0} +- {1.96 * Error(values):F0}";

    private static double Error(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }
}
