using System.Globalization;
using System.Text;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Tests.Experiments;
using CustomerValue.Simulation;

namespace CustomerValue.Decisions.Tests.Rounds;

/// <summary>
/// A shop of simulated customers (season, several segments, leaving) over some rounds of 90 days, whose actions truly do something else than its playbook assumes: what they do is drawn from
/// what the playbook says of its own doubt. Who does not buy in a round is won with the probability of the action's effect on buying, and then buys as one who comes anyway; spend changes by the
/// effect on spend.
/// </summary>
internal sealed class Bazaar
{
    public const int RoundDays = 90;
    private const int PastDays = 720;

    /// <summary>Standard deviation of what is believed of an effect, as a multiple of its mean: an assumption made at a desk.</summary>
    private const double Doubt = 1.5;

    private static readonly DateOnly s_start = new(2021, 1, 1);

    private readonly List<(int Day, double Amount, double Margin)>[] _lines;
    private readonly CustomerTruth[] _truth;
    private readonly double[,] _luck;

    public Bazaar(int seed, int count, int rounds)
    {
        _lines = [.. Enumerable.Range(0, count).Select(_ => new List<(int, double, double)>())];
        _truth = new CustomerTruth[count];
        SimulationOptions options = new()
        {
            Customers = count,
            Start = s_start,
            Days = PastDays + rounds * RoundDays,
            AcquisitionDays = PastDays - 60,
            Campaigns = 0,
            Seed = (ulong)seed,
            Threads = 1,
            Files = SimulationFiles.Truth | SimulationFiles.Transactions,
        };
        foreach (CustomerBlock block in CustomerSimulator.Simulate(options))
        {
            foreach (SimulatedLine line in block.Lines)
                _lines[line.Customer].Add((line.Day, line.AmountCents / 100.0, (line.AmountCents - line.Quantity * line.UnitCostCents) / 100.0));
            foreach (CustomerTruth truth in block.Truths)
                _truth[truth.Customer] = truth;
        }
        Random random = new(seed);
        Playbook = Assumed();
        TrueEffects = [.. Playbook.Actions.Select(action => action.Effects.ToDictionary(effect => effect.Kind, effect => effect.Mean + effect.Deviation * random.Normal()))];
        _luck = new double[count, rounds];
        for (int i = 0; i < count; i++)
            for (int r = 0; r < rounds; r++)
                _luck[i, r] = random.NextDouble();
    }

    /// <summary>What is assumed of the actions before anything was tried.</summary>
    public ActionPlaybook Playbook { get; }

    /// <summary>What they do, by action.</summary>
    public Dictionary<EffectKind, double>[] TrueEffects { get; }

    public static DateOnly DayOf(int round) => s_start.AddDays(PastDays + round * RoundDays);

    /// <summary>What was bought before the first round.</summary>
    public List<Transaction> Past => [.. _lines.SelectMany((lines, i) => lines.Where(line => line.Day < PastDays).Select(line => Of(i, line)))];

    /// <summary>What comes in a round, and what the actions truly earn in it: money expected over their chance, the customers' own purchases as they come.</summary>
    /// <param name="round">The round, from 0.</param>
    /// <param name="action">Action of each customer, -1 for none.</param>
    public (List<Transaction> Lines, double Earned) Play(int round, int[] action)
    {
        List<Transaction> rows = [];
        double earned = 0;
        for (int i = 0; i < _lines.Length; i++)
        {
            (int Day, double Amount, double Margin)[] own = [.. _lines[i].Where(line => line.Day >= PastDays + round * RoundDays && line.Day < PastDays + (round + 1) * RoundDays)];
            double margin = own.Sum(line => line.Margin), buying = 0, spend = 0;
            if (action[i] >= 0)
            {
                buying = TrueEffects[action[i]].GetValueOrDefault(EffectKind.Buying);
                spend = TrueEffects[action[i]].GetValueOrDefault(EffectKind.Spend);
                earned -= Playbook.Actions[action[i]].CostPerCustomer;
            }
            bool buys = own.Any(line => line.Amount > 0), hit = _luck[i, round] < Math.Abs(buying);
            double rate = _truth[i].PurchaseRate * RoundDays, purchases = rate / (1 - Math.Exp(-rate)), won = purchases * _truth[i].MeanOrderValue;
            earned += buys ? buying < 0 ? buying * margin : 0 : Math.Max(0, buying) * won * _truth[i].MarginShare;
            earned += spend * margin;
            if (buys && buying < 0 && hit)
                continue;
            rows.AddRange(own.Select(line => Of(i, (line.Day, line.Amount * (1 + spend), line.Margin * (1 + spend)))));
            if (!buys && buying > 0 && hit)
                for (int k = 0; k < Math.Max(1, (int)Math.Round(purchases)); k++)
                    rows.Add(Of(i, (PastDays + round * RoundDays + (int)(_luck[i, round] * 1e6 + 31 * k) % RoundDays, won / Math.Max(1, Math.Round(purchases)), won * _truth[i].MarginShare / Math.Max(1, Math.Round(purchases)))));
        }
        return (rows, earned);
    }

    /// <summary>What is forecast of everybody before a round: MBG/NBD for purchases, the customer's own mean spend drawn towards the mean of all, margins as they were.</summary>
    /// <param name="round">The round.</param>
    /// <param name="rows">What was bought until then.</param>
    public static DecisionCustomers Forecast(int round, List<Transaction> rows)
    {
        DateOnly asOf = DayOf(round);
        var known = rows.Where(row => row.Amount > 0).GroupBy(row => row.CustomerId, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Id: group.Key, Days: group.Select(row => row.Day.DayNumber).Distinct().Order().ToArray(), Spend: group.Sum(row => row.Amount))).ToArray();
        double[] x = [.. known.Select(one => one.Days.Length - 1.0)], tx = [.. known.Select(one => (one.Days[^1] - one.Days[0]) / 7.0)], age = [.. known.Select(one => (asOf.DayNumber - 1 - one.Days[0]) / 7.0)];
        MbgNbd model = MbgNbd.Fit(PurchaseHistories.From(x, tx, age)).Model;
        double[] churn = new double[x.Length], purchases = new double[x.Length];
        model.ProbabilityOfNoPurchase(x, tx, age, RoundDays / 7.0, churn);
        model.ExpectedPurchases(x, tx, age, RoundDays / 7.0, purchases);
        double mean = known.Sum(one => one.Spend) / known.Sum(one => one.Days.Length), rate = rows.Sum(row => row.Margin) / rows.Sum(row => row.Amount);
        double[] spend = [.. known.Select((one, i) => purchases[i] * (one.Spend + 2 * mean) / (one.Days.Length + 2))], margin = [.. spend.Select(money => money * rate)];
        return new DecisionCustomers
        {
            AsOf = asOf,
            ModelVersion = "mbg-nbd",
            HorizonDays = RoundDays,
            Ids = [.. known.Select(one => one.Id)],
            ChurnProbability = churn,
            ExpectedMargin = margin,
            MarginDeviation = [.. margin.Select(money => 0.3 * money)],
            YearCost = new double[x.Length],
            Potential = [.. margin.Select(money => 8 * money)],
            Strategy = [.. known.Select(_ => "retain")],
            Stage = [.. known.Select(_ => "steady")],
            Further = [(new ExpressionColumn("expected_spend", ExpressionKind.Number), spend, null), (new ExpressionColumn("expected_purchases", ExpressionKind.Number), purchases, null)],
        };
    }

    /// <summary>Index of a customer by id.</summary>
    public static int IndexOf(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    private static Transaction Of(int customer, (int Day, double Amount, double Margin) line) =>
        new(string.Create(CultureInfo.InvariantCulture, $"C{customer:D6}"), s_start.AddDays(line.Day), line.Amount)
        {
            Margin = line.Margin,
        };

    /// <summary>Eight actions that look much alike from afar, each as likely to be a waste as a find.</summary>
    private static ActionPlaybook Assumed()
    {
        StringBuilder text = new("""{"format":1,"channels":[{"id":"mail","name":{"en":"Mail"},"cost":0}],"actions":[""");
        (string Id, double Cost, double Buying, double Spend)[] actions =
            [("letter", 1.2, 0.05, 0), ("voucher", 2, 0.06, 0), ("call", 4, 0.09, 0), ("sample", 2.5, 0.07, 0), ("club", 1.5, 0, 0.05), ("bundle", 1, 0, 0.04), ("news", 0.1, 0.01, 0), ("gift", 5, 0.08, 0.03)];
        for (int a = 0; a < actions.Length; a++)
        {
            (string id, double cost, double buying, double spend) = actions[a];
            string effects = string.Join(',', new[] { ("buying", buying), ("spend", spend) }.Where(effect => effect.Item2 > 0).Select(effect => string.Create(CultureInfo.InvariantCulture,
                $$"""
                "{{effect.Item1}}":{"mean":{{effect.Item2}},"low":{{(1 - 1.2815 * Doubt) * effect.Item2}},"high":{{(1 + 1.2815 * Doubt) * effect.Item2}},"source":"assumed"}
                """)));
            text.Append(CultureInfo.InvariantCulture, $$"""
                {{(a > 0 ? "," : "")}}{"id":"{{id}}","name":{"en":"{{id}}"},"strategies":["retain"],"channel":"mail","service_level":{"en":"usual"},"unit_cost":{{cost}},"effects":{ {{effects}} },"lasts_days":{{RoundDays}},"cooldown_days":7}
                """);
        }
        return PlaybookReader.Parse(Encoding.UTF8.GetBytes(text.Append("]}").ToString()), "assumed", DecisionCustomers.ScoredColumns);
    }
}
