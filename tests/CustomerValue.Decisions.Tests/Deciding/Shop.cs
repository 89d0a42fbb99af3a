using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Tests.Deciding;

/// <summary>A simulated shop whose true effects and true margins are known; forecasts are right on average and wrong for each customer as far as they say.</summary>
internal sealed class Shop
{
    private readonly double[] _trueMargin;
    private readonly int _side;

    /// <summary>A shop.</summary>
    /// <param name="seed">Seed of everything.</param>
    /// <param name="count">Customers.</param>
    /// <param name="keep">Which actions of the default playbook it has; null for all.</param>
    /// <param name="belief">What is believed of an effect instead of what the default playbook says, by the action's place; null for that.</param>
    /// <param name="mirrored">Whether everything that errs does so the other way round: a pair of shops errs nowhere on average.</param>
    public Shop(int seed, int count, Func<PlaybookAction, bool>? keep = null, Func<int, Effect, Effect>? belief = null, bool mirrored = false)
    {
        _side = mirrored ? -1 : 1;
        Random random = new(seed);
        string[] strategies = ["retain", "develop", "cultivate", "maintain", "win-back", "self-service"], stages = ["new", "steady", "slipping", "growing"];
        (double[] churn, double[] margin, double[] deviation, double[] cost, double[] potential) = (new double[count], new double[count], new double[count], new double[count], new double[count]);
        string[] strategy = new string[count], stage = new string[count];
        _trueMargin = new double[count];
        double[] headroom = new double[count], lateness = new double[count];
        for (int i = 0; i < count; i++)
        {
            churn[i] = 0.05 + 0.9 * random.NextDouble();
            margin[i] = Math.Exp(2 + 2.5 * random.NextDouble()) * (1.2 - churn[i]);
            deviation[i] = margin[i] * 0.3;
            _trueMargin[i] = margin[i] * (1 + _side * 0.3 * Normal(random));
            cost[i] = 2 + 20 * random.NextDouble();
            potential[i] = margin[i] * 12 * Math.Exp(0.6 * Normal(random));
            strategy[i] = strategies[random.Next(strategies.Length)];
            stage[i] = strategy[i] == "win-back" ? "dormant" : stages[random.Next(stages.Length)];
            headroom[i] = random.NextDouble() * 100;
            lateness[i] = random.NextDouble() * 3;
        }
        Customers = new DecisionCustomers
        {
            AsOf = new DateOnly(2024, 3, 1),
            ModelVersion = "simulated",
            HorizonDays = 90,
            Ids = [.. Enumerable.Range(0, count).Select(i => $"C{i:D6}")],
            ChurnProbability = churn,
            ExpectedMargin = margin,
            MarginDeviation = deviation,
            YearCost = cost,
            Potential = potential,
            Strategy = strategy,
            Stage = stage,
            Further = [.. DecisionCustomers.ScoredColumns.Skip(DecisionCustomers.StandardColumns.Count).Select(column => (column, (double[]?)(column.Name == "headroom" ? headroom : lateness), (string?[]?)null))],
        };
        ActionPlaybook whole = PlaybookReader.Default(DecisionCustomers.ScoredColumns);
        Playbook = whole with { Actions = [.. whole.Actions.Where(keep ?? (_ => true)).Select((action, a) => action with { Effects = [.. action.Effects.Select(effect => belief?.Invoke(a, effect) ?? effect)] })] };
        TrueEffects = [.. Playbook.Actions.Select(action => action.Effects.Select(effect => effect.Mean + _side * effect.Deviation * Normal(random)).ToArray())];
    }

    public DecisionCustomers Customers { get; }

    public ActionPlaybook Playbook { get; }

    /// <summary>By action and effect, drawn from what the playbook believes.</summary>
    public double[][] TrueEffects { get; }

    /// <summary>What an action truly earns with a customer after its unit cost.</summary>
    public double TrueGain(int customer, int action) => TrueGain(customer, action, TrueEffects[action]);

    /// <summary>The same where its effects are others.</summary>
    public double TrueGain(int customer, int action, double[] effects)
    {
        PlaybookAction what = Playbook.Actions[action];
        ExpectedGain expected = new GainModel(Customers).Of(customer, what);
        double gain = -what.CostPerCustomer, scale = _trueMargin[customer] / Customers.ExpectedMargin[customer];
        for (int e = 0; e < what.Effects.Count; e++)
            gain += effects[e] * expected.Stake[e] * (what.Effects[e].Kind is EffectKind.Buying or EffectKind.Spend ? scale : 1);
        return gain;
    }

    /// <summary>The playbook after a round: effects of actions that were tried are measured on those who got them and as many held back, and believed as a normal belief is updated.</summary>
    public ActionPlaybook Measured(DecisionPlan plan, int seed)
    {
        Random random = new(seed);
        double[][] luck = [.. Playbook.Actions.Select(action => action.Effects.Select(_ => _side * Normal(random)).ToArray())];
        PlaybookAction[] actions = [.. Playbook.Actions];
        foreach (ActionShare share in plan.Actions)
        {
            PlaybookAction action = actions[share.Action];
            actions[share.Action] = action with
            {
                Effects = [.. action.Effects.Select((effect, e) =>
                {
                    double noise = Noise(effect.Kind) / share.Customers, prior = effect.Deviation * effect.Deviation;
                    if (prior == 0)
                        return effect;
                    double seen = TrueEffects[share.Action][e] + Math.Sqrt(noise) * luck[share.Action][e], weight = prior / (prior + noise);
                    double mean = effect.Mean + weight * (seen - effect.Mean), half = 1.2815515655446004 * Math.Sqrt(prior * (1 - weight));
                    return effect with { Mean = mean, Low = mean - half, High = mean + half, Source = "measured", Campaign = "first" };
                })],
            };
        }
        return Playbook with { Actions = actions };
    }

    /// <summary>Variance of the difference of two means of one customer each: of shares at most a half, of relative spend and counts as a shop has them.</summary>
    public static double Noise(EffectKind kind) => kind switch { EffectKind.Buying => 0.5, EffectKind.Spend => 2, EffectKind.Referrals => 0.2, _ => 0.5 };

    public double TrueGain(DecisionPlan plan)
    {
        GainModel model = new(Customers);
        double gain = 0;
        for (int i = 0; i < Customers.Count; i++)
            if (plan.ActionOf(i) is >= 0 and int action)
                gain += TrueGain(i, action);
        return gain - plan.Actions.Sum(share => Playbook.Actions[share.Action].FixedCost);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
