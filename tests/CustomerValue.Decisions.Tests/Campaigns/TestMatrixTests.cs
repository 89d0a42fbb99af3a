using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Experiments;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Tests.Deciding;

namespace CustomerValue.Decisions.Tests.Campaigns;

public class TestMatrixTests(ITestOutputHelper output)
{
    private static readonly bool s_acceptance = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_ACCEPTANCE") == "1";

    [Fact]
    public void Rates_of_false_discovery_are_those_of_Benjamini_and_Hochberg()
    {
        // Sorted .005, .009, .05, .4 of 4: .02, .018, .0667, .4, and no rate above that of a larger probability.
        ManyArms.BenjaminiHochberg([0.05, 0.005, 0.4, 0.009]).Should().BeEquivalentTo([0.05 * 4 / 3, 0.018, 0.4, 0.018], options => options.WithStrictOrdering().Using<double>(pair => pair.Subject.Should().BeApproximately(pair.Expectation, 1e-12)).WhenTypeIs<double>());
        ManyArms.BenjaminiHochberg([]).Should().BeEmpty();
    }

    [Fact]
    public void A_matrix_keeps_its_budget_tests_a_customer_once_and_draws_the_same_again()
    {
        Shop shop = new(1, 3000);
        MatrixSegment[] segments = Segments(shop);
        string[] actions = [.. shop.Playbook.Actions.Select(action => action.Id)];

        MatrixDraw draw = TestMatrix.Choose(shop.Customers, shop.Playbook, actions, segments, 600, "tests", "");

        draw.Tests.Should().NotBeEmpty();
        draw.Tests.Sum(test => test.Contacts * shop.Playbook.Actions.Single(action => action.Id == test.Action).CostPerCustomer).Should().BeLessThanOrEqualTo(600);
        for (int t = 0; t < draw.Tests.Count; t++)
        {
            int[] members = [.. Enumerable.Range(0, shop.Customers.Count).Where(i => draw.Intended[i] == t + 1)];
            members.Length.Should().BeLessThanOrEqualTo(2 * draw.Tests[t].Contacts).And.BeGreaterThanOrEqualTo(60);
            members.Should().OnlyContain(i => shop.Customers.Strategy[i] == draw.Tests[t].Segment);
            draw.Tests[t].Value.Should().BeGreaterThan(draw.Tests[t].Loss, "or it would not be worth its trying");
        }
        TestMatrix.Choose(shop.Customers, shop.Playbook, actions, segments, 600, "tests", "").Intended.Should().Equal(draw.Intended);
        TestMatrix.Choose(shop.Customers, shop.Playbook, actions, segments, 600, "tests", "2").Intended.Should().NotEqual(draw.Intended);
        TestMatrix.Choose(shop.Customers, shop.Playbook, actions, segments, 1200, "tests", "").Tests.Sum(test => test.Value - test.Loss).Should().BeGreaterThan(draw.Tests.Sum(test => test.Value - test.Loss));
        ((Action)(() => TestMatrix.Choose(shop.Customers, shop.Playbook, actions, segments, 0.5, "tests", ""))).Should().Throw<BadDataException>().WithMessage("campaign 'tests': found no test of * that is worth its money within 0.5*");
    }

    [Fact]
    public void Among_tests_that_are_called_real_few_are_chance()
    {
        int runs = s_acceptance ? 1000 : 120;
        const int tests = 16, each = 80;
        double[] shares = new double[runs];
        int[] found = new int[2];
        Parallel.For(0, runs, run =>
        {
            Town town = new(50_000 + run, tests * each);
            // Every fourth test does something, as much as is seen now and then.
            int[] intended = [.. Enumerable.Range(0, tests * each).Select(i => 1 + i / each)];
            (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Matrix(tests), town.Everybody, intended, new GlobalHoldout(0), []);
            Dictionary<string, int> arms = Enumerable.Range(0, assignment.Count).ToDictionary(i => assignment.Ids[i], i => assignment.Arm[i], StringComparer.Ordinal);
            CampaignResult result = CampaignMeasurement.Measure(plan, assignment, town.After(id => arms.TryGetValue(id, out int arm) && arm > 0 && arm % 4 == 0 ? 2.5 : 1), ReturnsPolicy.Net, null, null, []);
            int[] real = [.. Enumerable.Range(0, tests).Where(t => result.Arms[t].Of("margin").QValue <= result.FalseDiscovery)];
            int chance = real.Count(t => (t + 1) % 4 != 0);
            shares[run] = real.Length == 0 ? 0 : (double)chance / real.Length;
            Interlocked.Add(ref found[0], real.Length - chance);
            Interlocked.Add(ref found[1], chance);
        });
        double rate = shares.Average(), error = Math.Sqrt(shares.Sum(share => (share - rate) * (share - rate)) / (runs - 1) / runs);
        output.WriteLine($"{runs} matrices of {tests} tests: false discovery rate {rate:P1} +- {1.96 * error:P1}; {found[0] / (double)(runs * tests / 4):P0} of real effects found");
        rate.Should().BeLessThanOrEqualTo(s_acceptance ? 0.1 : 0.1 + 2 * error);
        found[0].Should().BeGreaterThan(runs / 2);
    }

    [Fact]
    public void Tests_chosen_by_what_they_are_worth_earn_more_than_the_same_money_shared_alike()
    {
        int shops = s_acceptance ? 200 : 40;
        double[] more = new double[shops], byWorth = new double[shops], alike = new double[shops];
        Parallel.For(0, shops, s =>
        {
            Shop shop = new(7000 + s, 3000, action => action.FixedCost == 0, (a, effect) => a % 2 == 0 ? effect : effect with { Mean = 0.5 * effect.Mean, Low = 0.5 * effect.Mean - 4 * (effect.Mean - effect.Low), High = 0.5 * effect.Mean + 4 * (effect.High - effect.Mean) });
            MatrixSegment[] segments = Segments(shop);
            string[] actions = [.. shop.Playbook.Actions.Select(action => action.Id)];
            const double budget = 500;
            MatrixDraw draw = TestMatrix.Choose(shop.Customers, shop.Playbook, actions, segments, budget, "tests", "");
            SegmentWorld world = new(shop, segments, s);
            byWorth[s] = world.Earned(draw.Tests.Select((test, t) => (test.Segment, test.Action, Rows: Enumerable.Range(0, shop.Customers.Count).Where(i => draw.Intended[i] == t + 1).ToArray())));
            alike[s] = world.Earned(Alike(shop, segments, budget));
            more[s] = byWorth[s] - alike[s];
        });
        double mean = more.Average(), error = Math.Sqrt(more.Sum(value => (value - mean) * (value - mean)) / (shops - 1) / shops);
        output.WriteLine($"{shops} shops: by worth {byWorth.Average():F0}, alike {alike.Average():F0}, more {mean:F0} +- {1.96 * error:F0}");
        (mean - 1.96 * error).Should().BePositive();
    }

    /// <summary>Every pair of segment and action that suits anybody, with as many contacts as the money allows for all alike.</summary>
    private static List<(string Segment, string Action, int[] Rows)> Alike(Shop shop, MatrixSegment[] segments, double budget)
    {
        GainModel model = new(shop.Customers);
        List<(string Segment, PlaybookAction Action)> pairs = [.. segments.SelectMany(segment => shop.Playbook.Actions.Where(action => action.Strategies.Contains(segment.Name)).Select(action => (segment.Name, action)))];
        int each = (int)(budget / pairs.Sum(pair => pair.Action.CostPerCustomer));
        HashSet<int> taken = [];
        List<(string, string, int[])> tests = [];
        foreach ((string name, PlaybookAction action) in pairs)
        {
            int[] rows = [.. segments.Single(segment => segment.Name == name).Rows.Where(i => !taken.Contains(i) && model.Of(i, action).Gain + action.CostPerCustomer > 0).Take(2 * each)];
            taken.UnionWith(rows);
            tests.Add((name, action.Id, rows));
        }
        return tests;
    }

    private static MatrixSegment[] Segments(Shop shop) => [.. Enumerable.Range(0, shop.Customers.Count).GroupBy(i => shop.Customers.Strategy[i]).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new MatrixSegment(group.Key, [.. group]))];

    private static CampaignDesign Matrix(int tests)
    {
        string[] arms = [.. Enumerable.Range(1, tests).Select(t => $"t{t}")];
        return Town.Design("tests", arms) with { ControlShare = 0.5, Confidence = 0.9, Matrix = new MatrixPlan(1000, 0.1, [.. arms.Select(arm => new MatrixTest(arm, arm, arm, 40, 1, 0))]) };
    }

    /// <summary>Segments in which actions truly do something of their own, drawn from what is believed.</summary>
    private sealed class SegmentWorld
    {
        private readonly Shop _shop;
        private readonly MatrixSegment[] _segments;
        private readonly double[][][] _truth, _luck;

        public SegmentWorld(Shop shop, MatrixSegment[] segments, int seed)
        {
            Random random = new(seed);
            (_shop, _segments) = (shop, segments);
            _truth = [.. segments.Select(_ => shop.Playbook.Actions.Select(action => action.Effects.Select(effect => effect.Mean + effect.Deviation * Experiments.Draws.Normal(random)).ToArray()).ToArray())];
            _luck = [.. segments.Select(_ => shop.Playbook.Actions.Select(action => action.Effects.Select(_ => Experiments.Draws.Normal(random)).ToArray()).ToArray())];
        }

        /// <summary>True money of trying, and of a next plan in which every customer gets what then looks best, where anything looks better than nothing.</summary>
        public double Earned(IEnumerable<(string Segment, string Action, int[] Rows)> tests)
        {
            IReadOnlyList<PlaybookAction> actions = _shop.Playbook.Actions;
            double earned = 0;
            PlaybookAction[][] beliefs = [.. _segments.Select(_ => actions.ToArray())];
            foreach ((string segment, string action, int[] rows) in tests)
            {
                int g = Array.FindIndex(_segments, one => one.Name == segment), a = actions.ToList().FindIndex(one => one.Id == action), contacts = rows.Length / 2;
                if (contacts == 0)
                    continue;
                foreach (int i in rows.Take(contacts))
                    earned += _shop.TrueGain(i, a, _truth[g][a]);
                beliefs[g][a] = actions[a] with
                {
                    Effects = [.. actions[a].Effects.Select((effect, e) =>
                    {
                        double prior = effect.Deviation * effect.Deviation, noise = Shop.Noise(effect.Kind) / contacts;
                        return effect with { Mean = effect.Mean + (prior == 0 ? 0 : prior / (prior + noise) * (_truth[g][a][e] + Math.Sqrt(noise) * _luck[g][a][e] - effect.Mean)) };
                    })],
                };
            }
            GainModel model = new(_shop.Customers);
            for (int g = 0; g < _segments.Length; g++)
                foreach (int i in _segments[g].Rows)
                {
                    int best = -1;
                    double most = 0;
                    for (int a = 0; a < actions.Count; a++)
                        if (actions[a].Strategies.Contains(_segments[g].Name) && model.Of(i, beliefs[g][a]).Gain is var gain && gain > most)
                            (best, most) = (a, gain);
                    earned += best < 0 ? 0 : _shop.TrueGain(i, best, _truth[g][best]);
                }
            return earned;
        }
    }
}
