using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Tests.Campaigns;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Store;

namespace CustomerValue.Decisions.Tests.Uplift;

public sealed class UpliftModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<UpliftLearner, bool> Kinds => [.. Enum.GetValues<UpliftLearner>().SelectMany(learner => new[] { (learner, false), (learner, true) })];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_model_from_its_file_scores_the_same_one_customer_as_many_and_the_same_model_gives_the_same_bytes(UpliftLearner learner, bool money)
    {
        Persuadables town = new(1500, 7, arms: 3, money);
        UpliftOptions options = new() { Folds = 2, Learners = [learner], Threads = 2 };
        UpliftModel model = UpliftModel.Train(town.Table, options, []);
        UpliftFile.Save(Path("one"), model);
        UpliftFile.Save(Path("two"), UpliftModel.Train(town.Table, options with { Threads = 1 }, []));

        UpliftModel read = UpliftFile.Load(Path("one"));

        double[][] before = model.Predict(town.Table.Features), after = read.Predict(town.Table.Features);
        after.Should().BeEquivalentTo(before, order => order.WithStrictOrdering());
        read.Predict(town.Table.Features.Select([17])).Select(arm => arm[0]).Should().Equal(before.Select(arm => arm[17]));
        read.Features.Select(feature => feature.Name).Should().Equal(Enumerable.Range(0, 8).Select(c => $"x{c}"));
        read.Card.Arms.Should().Equal(model.Card.Arms);
        File.ReadAllBytes(Path("two")).Should().Equal(File.ReadAllBytes(Path("one")), "threads change nothing");
    }

    [Fact]
    public void A_file_that_was_changed_is_refused_whatever_byte_it_was()
    {
        UpliftFile.Save(Path("model"), UpliftModel.Train(Experiments.Alike(600, 0.2, 1), new UpliftOptions { Folds = 2, Learners = [UpliftLearner.SLearner], Threads = 2 }, []));
        byte[] whole = File.ReadAllBytes(Path("model"));
        Random random = new(1);
        for (int k = 0; k < 60; k++)
        {
            byte[] changed = [.. whole];
            int at = random.Next(changed.Length);
            changed[at] ^= (byte)(1 + random.Next(255));
            File.WriteAllBytes(Path("changed"), changed);
            try
            {
                // Bytes that are not content (a name given twice, a time) may change; then the model is the same.
                UpliftFile.Load(Path("changed")).Card.Arms.Should().Equal(UpliftFile.Load(Path("model")).Card.Arms);
            }
            catch (ModelStoreException error)
            {
                error.Message.Should().Contain("expected the file that uplift train wrote");
            }
        }
        File.WriteAllBytes(Path("changed"), whole[..(whole.Length / 2)]);
        ((Action)(() => UpliftFile.Load(Path("changed")))).Should().Throw<ModelStoreException>();
        ((Action)(() => UpliftFile.Load(Path("absent")))).Should().Throw<ModelStoreException>();
    }

    [Theory]
    [InlineData(UpliftOutcome.Margin)]
    [InlineData(UpliftOutcome.Spend)]
    [InlineData(UpliftOutcome.Buying)]
    public void Decisions_take_each_customers_own_effect_and_leave_alone_whom_it_would_harm(UpliftOutcome outcome)
    {
        Town town = new(3, 400);
        UpliftModel model = Model(outcome, "newsletter");
        double[][] uplift = [[.. town.Customers.Ids.Select((_, i) => i % 4 == 0 ? double.NaN : i % 2 == 0 ? 0.3 : -0.3)]];

        ActionPlaybook playbook = Town.Playbook.With(model, uplift, town.Customers, "mail.uplift");

        int a = playbook.Actions.ToList().FindIndex(action => action.Id == "newsletter");
        Effect effect = playbook.Actions[a].Effects.Single(one => one.Kind == EffectKind.Uplift);
        effect.Source.Should().Be("measured");
        effect.Campaign.Should().Be("mail.uplift");
        playbook.Actions.Where((_, other) => other != a).Should().Equal(Town.Playbook.Actions.Where((_, other) => other != a));
        GainModel gains = new(town.Customers);
        for (int i = 0; i < 40; i++)
        {
            double margin = town.Customers.ExpectedMargin[i], change = i % 4 == 0 ? model.Card.Arms[0].Effect : i % 2 == 0 ? 0.3 : -0.3;
            // Measured over the horizon: a unit of the outcome is worth what it is there, times the days the action lasts.
            double worth = (double)playbook.Actions[a].LastsDays / Town.HorizonDays * outcome switch { UpliftOutcome.Margin => 1, UpliftOutcome.Spend => Town.MarginRate, _ => margin / Math.Max(0.05, 1 - town.Customers.ChurnProbability[i]) };
            gains.Of(i, playbook.Actions[a]).Gain.Should().BeApproximately(change * worth - playbook.Actions[a].CostPerCustomer, 1e-9);
            gains.Steps(i, playbook.Actions[a])[^1].Value.Should().BeApproximately(change * worth - playbook.Actions[a].CostPerCustomer, 1e-9);
        }
        ActionPlaybook alone = playbook with { Actions = [playbook.Actions[a] with { Strategies = StrategyNames.All, Eligibility = null, Never = null, UnitCost = 0 }] };
        DecisionPlan plan = Decider.Decide(town.Customers, alone, new DecisionOptions());
        Enumerable.Range(0, town.Customers.Count).Where(i => plan.ActionOf(i) == 0).Should().NotContain(i => i % 2 == 1, "they would be harmed");
        plan.High.Should().BeGreaterThan(plan.Gain);
    }

    [Fact]
    public void An_effect_measured_over_some_days_is_scaled_to_the_days_the_action_lasts_by_hand()
    {
        // Forecast over H = 90 days: margin 100, spend 250, half of such customers buy. Measured over W = 30 days; the action lasts L = 60.
        DecisionCustomers customers = One(churn: 0.5, margin: 100, spend: 250, horizonDays: 90);
        PlaybookAction action = Town.Playbook.Actions.Single(one => one.Id == "newsletter") with { LastsDays = 60 };
        ActionPlaybook playbook = Town.Playbook with { Actions = [action] };

        // Margin: .3 more in 30 days is .6 in 60.
        Gain(UpliftOutcome.Margin, 0.3).Should().BeApproximately(0.6 - action.CostPerCustomer, 1e-12);
        // Spend: .3 x 100 / 250 x 60 / 30 = .24.
        Gain(UpliftOutcome.Spend, 0.3).Should().BeApproximately(0.24 - action.CostPerCustomer, 1e-12);
        // Buying: in 30 days such a customer brings 100 x 30 / 90 = 33.3333 and buys with 1 - .5^(1/3) = .206299; one more buyer is worth 161.5769, twice that in 60 days; .1 of it is 32.3154.
        Gain(UpliftOutcome.Buying, 0.1).Should().BeApproximately(32.3154 - action.CostPerCustomer, 1e-4);

        double Gain(UpliftOutcome outcome, double uplift)
        {
            PlaybookAction scaled = playbook.With(Model(outcome, "newsletter", 30), [[uplift]], customers, "mail.uplift").Actions[0];
            GainModel gains = new(customers);
            gains.Steps(0, scaled)[0].Formula.Should().EndWith(" x 60 / 30");
            // What the playbook says of an effect on spend, scaled by the same rule: s M W / H within the experiment is s M L / H while it lasts.
            PlaybookAction stated = scaled with { Effects = [new Effect(EffectKind.Spend, 0.02, 0.02, 0.02, "assumed", null)] };
            if (outcome == UpliftOutcome.Margin)
                gains.Of(0, stated).Gain.Should().BeApproximately(gains.Of(0, playbook.With(Model(outcome, "newsletter", 30), [[0.02 * 100 * 30 / 90]], customers, "mail.uplift").Actions[0]).Gain, 1e-12);
            return gains.Of(0, scaled).Gain;
        }
    }

    [Fact]
    public void A_model_that_does_not_say_over_how_many_days_it_counted_is_refused()
    {
        Town town = new(3, 200);
        ((Action)(() => UpliftEffects.Check(Town.Playbook, Model(UpliftOutcome.Margin, "newsletter", outcomeDays: null), "mail.uplift"))).Should().Throw<BadDataException>()
            .WithMessage("mail.uplift: found a model that does not say over how many days outcomes were counted, expected it*train it again with --outcome-days N.");
    }

    [Fact]
    public void Columns_of_a_model_are_found_among_what_is_known_of_customers_and_arms_must_be_actions()
    {
        Town town = new(3, 200);
        UpliftModel foreign = Model(UpliftOutcome.Margin, "call");

        UpliftEffects.FeaturesOf(town.Customers, foreign.Features).Should().BeNull("nobody knows x0 here");
        ((Action)(() => UpliftEffects.Check(Town.Playbook, foreign, "mail.uplift"))).Should().Throw<BadDataException>().WithMessage("mail.uplift: found the arms call, expected at least one that bears the name of an action*");

        BoostingData known = UpliftEffects.FeaturesOf(town.Customers, Model(UpliftOutcome.Margin, "newsletter", "churn_probability", "expected_spend", "expected_margin").Features)!;
        known.Columns.Select(column => column.Name).Should().Equal("churn_probability", "expected_spend", "expected_margin");
        known.Columns[0].Values.Span[5].Should().Be((float)town.Customers.ChurnProbability[5]);
    }

    private static DecisionCustomers One(double churn, double margin, double spend, int horizonDays) => new()
    {
        AsOf = Town.AsOf,
        ModelVersion = "by hand",
        HorizonDays = horizonDays,
        Ids = ["C1"],
        ChurnProbability = [churn],
        ExpectedMargin = [margin],
        MarginDeviation = [0],
        YearCost = [0],
        Potential = [0],
        Strategy = ["retain"],
        Stage = ["steady"],
        Further = [(new ExpressionColumn("expected_spend", ExpressionKind.Number), [spend], null)],
    };

    private static UpliftModel Model(UpliftOutcome outcome, string arm, params string[] columns) => Model(outcome, arm, Town.HorizonDays, columns);

    private static UpliftModel Model(UpliftOutcome outcome, string arm, int? outcomeDays, params string[] columns)
    {
        Random random = new(9);
        UpliftTable table = Experiments.Alike(800, 0.1, 2);
        BoostingData features = columns.Length == 0 ? table.Features : new BoostingData([.. table.Features.Columns.Select((column, c) => FeatureColumn.Numeric(columns[c], column.Values))]);
        return UpliftModel.Train(new UpliftTable(features, ["none", arm], table.Arm, outcome == UpliftOutcome.Buying ? table.Outcome : [.. table.Outcome.Select(value => value * (float)(1 + random.NextDouble()))], outcome) { Window = outcomeDays is { } days ? new Horizon(days) : null },
            new UpliftOptions { Folds = 2, Learners = [UpliftLearner.SLearner], Threads = 2 }, []);
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.Path, name);
}
