using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Text;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Experiments;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>
/// Measures a campaign: everyone who was meant for an arm counts, contacted or not, since only the draw was left to chance; each arm is compared with the control group
/// within strata, with the forecast as covariate.
/// </summary>
public sealed class CampaignMeasurement
{
    /// <summary>Column of an experiment that says over how many days outcomes were counted.</summary>
    public const string OutcomeDaysColumn = "outcome_days";

    private const int Deciles = 10, LeastInGroup = 20;
    private const double OddSizes = 0.001, OddBefore = 0.001, MostContaminated = 0.02, MostLost = 0.01;

    private readonly CampaignPlan _plan;
    private readonly CampaignAssignment _assignment;
    private readonly int[] _rows;
    private readonly double[] _buyers, _purchases, _spend, _margin, _spendBefore;
    private readonly int _days;

    private CampaignMeasurement(CampaignPlan plan, CampaignAssignment assignment, int[] rows, int days, OutcomeTable outcomes, OutcomeTable? before)
    {
        (_plan, _assignment, _rows, _days) = (plan, assignment, rows, days);
        _buyers = [.. outcomes.Churned.ToArray().Select(churned => churned ? 0.0 : 1)];
        _purchases = outcomes.Purchases.ToArray();
        _spend = outcomes.Spend.ToArray();
        // Where the log knows no margins, each customer's own rate of the forecast stands for them.
        _margin = [.. rows.Select((row, k) => outcomes.Margin.Length > 0 && double.IsFinite(outcomes.Margin[k]) ? outcomes.Margin[k] : _spend[k] * Rate(assignment, row))];
        _spendBefore = before is null ? [] : before.Spend.ToArray();
    }

    /// <summary>Measures what can be measured by now.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="assignment">Who was meant for what.</param>
    /// <param name="log">Transactions after the start.</param>
    /// <param name="returns">What negative amounts do.</param>
    /// <param name="through">Last day to look at; null for the last of the log.</param>
    /// <param name="contacted">By customer of the assignment whether they were contacted; null where unknown.</param>
    /// <param name="findings">Takes doubts.</param>
    /// <exception cref="BadDataException">The log ends before there is anything to measure, or is another company's.</exception>
    public static CampaignResult Measure(CampaignPlan plan, CampaignAssignment assignment, TransactionLog log, ReturnsPolicy returns, DateOnly? through, bool[]? contacted, List<Finding> findings) =>
        Of(plan, assignment, log, returns, through, findings).Measure(contacted);

    /// <summary>The campaign as an experiment to learn uplift from, a CSV file: what was forecast of each customer, the arm they were drawn for, and what came.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="assignment">Who was meant for what.</param>
    /// <param name="log">Transactions after the start.</param>
    /// <param name="returns">What negative amounts do.</param>
    /// <param name="through">Last day to look at; null for the last of the log.</param>
    /// <exception cref="BadDataException">There is nothing to measure yet, or each customer had an action of their own.</exception>
    public static byte[] Experiment(CampaignPlan plan, CampaignAssignment assignment, TransactionLog log, ReturnsPolicy returns, DateOnly? through)
    {
        if (plan.ByDecision)
            throw new BadDataException($"campaign '{plan.Name}': found an action of their own for each customer, expected arms that everybody could get: decisions, not chance, said who belongs to which; leave --table out.");
        using MemoryStream stream = new();
        Of(plan, assignment, log, returns, through, []).Write(stream);
        return stream.ToArray();
    }

    private void Write(Stream stream)
    {
        using CsvWriter csv = new(stream, ["customer_id", "arm", "churn_probability", "expected_purchases", "expected_spend", "expected_margin", "strategy", "bought", "purchases", "spend", "margin", OutcomeDaysColumn]);
        for (int k = 0; k < _rows.Length; k++)
        {
            int row = _rows[k];
            csv.Text(_assignment.Ids[row]);
            csv.Text(_plan.Arms[_assignment.Arm[row]].Id);
            foreach (double forecast in new[] { 1 - _assignment.BuyingProbability[row], _assignment.ExpectedPurchases[row], _assignment.ExpectedSpend[row], _assignment.ExpectedMargin[row] })
                csv.Number(forecast);
            csv.Text(_assignment.Strategy[row]);
            foreach (double outcome in new[] { _buyers[k], _purchases[k], _spend[k], _margin[k] })
                csv.Number(outcome);
            csv.Whole(_days);
            csv.EndRow();
        }
    }

    private static CampaignMeasurement Of(CampaignPlan plan, CampaignAssignment assignment, TransactionLog log, ReturnsPolicy returns, DateOnly? through, List<Finding> findings)
    {
        DateOnly last = through is { } wanted && wanted < log.LastDay ? wanted : log.LastDay;
        int days = Math.Min(plan.OutcomeDays, last.DayNumber - plan.Start.DayNumber + 1);
        if (days < Horizon.MinDays)
            throw new BadDataException($"campaign '{plan.Name}': found transactions through {last:yyyy-MM-dd}, expected them through {plan.Start.AddDays(Horizon.MinDays - 1):yyyy-MM-dd} for a first look and through {plan.End.AddDays(-1):yyyy-MM-dd} for the whole result. Not enough data yet: measure on {plan.End:yyyy-MM-dd}.");
        int[] rows = [.. Enumerable.Range(0, assignment.Count).Where(i => log.Customers.Find(assignment.Ids[i]) >= 0)];
        int lost = assignment.Count - rows.Length;
        if (rows.Length == 0)
            throw new BadDataException($"campaign '{plan.Name}': found none of its {assignment.Count} customers in the transactions, expected the log they came from, with the days after the start; give those files, with ids written as then.");
        if (lost > 0)
            findings.Add(new Finding("customers-lost", lost > MostLost * assignment.Count ? Severity.Warning : Severity.Information,
                $"{lost} of {assignment.Count} customers of the campaign are not in the transactions and were left out.", "Give all files of the history, and write ids as when it was planned."));
        int[] population = [.. rows.Select(i => log.Customers.Find(assignment.Ids[i]))];
        OutcomeTable outcomes = OutcomeTable.Compute(log, new ObservationWindow(plan.Start, new Horizon(days)), population, returns, last);
        DateOnly earlier = plan.Start.AddDays(-days);
        OutcomeTable? before = earlier > log.FirstDay ? OutcomeTable.Compute(log, new ObservationWindow(earlier, new Horizon(days)), population, returns, last) : null;
        return new CampaignMeasurement(plan, assignment, rows, days, outcomes, before);
    }

    private CampaignResult Measure(bool[]? contacted)
    {
        bool whole = _days == _plan.OutcomeDays;
        double confidence = _plan.ByDecision ? _plan.Confidence : ManyArms.Confidence(_plan.Confidence, _plan.Arms.Count - 1);
        int[] arms = [.. Enumerable.Range(1, _plan.Arms.Count - 1)];
        (string Name, double[] Column, double[]? Forecast)[] outcomes =
        [
            ("buyers", _buyers, Forecast(_assignment.BuyingProbability)), ("purchases", _purchases, Forecast(_assignment.ExpectedPurchases)),
            ("spend", _spend, Forecast(_assignment.ExpectedSpend)), ("margin", _margin, Forecast(_assignment.ExpectedMargin)),
        ];
        StratifiedComparison[] comparisons = [.. arms.Select(Comparison)];
        Estimate?[][] estimates = [.. outcomes.Select(outcome => arms.Select((arm, k) => comparisons[k].Compare(outcome.Column, arm, 0, outcome.Forecast)).ToArray())];
        bool matrix = _plan.Matrix is not null;
        double[][] single = [.. estimates.Select(row => row.Select(one => one?.PValue ?? 1).ToArray())], probabilities = matrix ? single : [.. single.Select(row => ManyArms.Holm(row))];
        double[][] rates = matrix ? [.. single.Select(row => ManyArms.BenjaminiHochberg(row))] : [];
        List<ArmResult> results = [];
        for (int k = 0; k < arms.Length; k++)
        {
            PlannedArm planned = _plan.Arms[arms[k]];
            OutcomeEffect[] effects = [.. outcomes.Select((outcome, o) => Effect(outcome.Name, planned.Id, comparisons[k].Mean(outcome.Column, 0), estimates[o][k], confidence, whole, probabilities[o][k]) with { QValue = matrix && whole && estimates[o][k] is not null ? rates[o][k] : null })];
            OutcomeEffect margin = effects[3], buyers = effects[0];
            double incremental = margin.Difference * planned.Customers, more = buyers.Difference * planned.Customers;
            results.Add(new ArmResult
            {
                Arm = planned.Id,
                Action = planned.Action,
                Customers = planned.Customers,
                Control = Enumerable.Range(0, _rows.Length).Count(i => ArmFor(arms[k], i) == 0),
                Outcomes = effects,
                Cost = planned.Cost,
                IncrementalBuyers = more,
                IncrementalMargin = incremental,
                MarginLow = margin.Low * planned.Customers,
                MarginHigh = margin.High * planned.Customers,
                ReturnOnMoney = planned.Cost > 0 ? (incremental - planned.Cost) / planned.Cost : null,
                CostPerBuyer = more > 0 && planned.Cost > 0 ? planned.Cost / more : null,
                ByStrategy = matrix ? [] : [.. Groups(arms[k], i => _assignment.Strategy[_rows[i]]).OrderByDescending(group => group.Customers)],
                ByValue = matrix ? [] : [.. Groups(arms[k], TenthOf())],
                // What a combination of levels did is no action's own doing.
                Effects = _plan.Factors.Count > 0 ? [] : [.. PlaybookEffects(arms[k], comparisons[k], estimates[0][k])],
            });
        }
        return new CampaignResult
        {
            Campaign = _plan.Name,
            ModelVersion = _plan.ModelVersion,
            Start = _plan.Start,
            End = _plan.Start.AddDays(_days),
            IsWhole = whole,
            ReadyOn = _plan.End,
            Confidence = _plan.Confidence,
            Arms = results,
            FalseDiscovery = _plan.Matrix?.FalseDiscovery,
            Factors = _plan.Factors.Count == 0 ? [] : [.. new FactorEffects(_plan.Factors).Measure(outcomes, comparisons[0], FactorInterval, whole)],
            Checks = [.. Checks(arms, contacted)],
            Forecasts = _days == _plan.HorizonDays && _plan.AsOf == _plan.Start ? [.. ForecastChecks()] : [],
        };
    }

    private double[] Forecast(double[] column) => [.. _rows.Select(row => column[row])];

    private static double Rate(CampaignAssignment assignment, int row) => assignment.ExpectedSpend[row] > 0 ? assignment.ExpectedMargin[row] / assignment.ExpectedSpend[row] : 1;

    /// <summary>Group of a customer in the comparison of an arm: -1 for a control customer who was meant for another arm.</summary>
    private int ArmFor(int arm, int i)
    {
        int row = _rows[i], assigned = _assignment.Arm[row], intended = _assignment.Intended[row];
        return intended == 0 || intended == arm ? assigned : -1;
    }

    private StratifiedComparison Comparison(int arm) => new([.. Enumerable.Range(0, _rows.Length).Select(i => ArmFor(arm, i))], _plan.Arms.Count, [.. _rows.Select(row => _assignment.Stratum[row])]);

    private OutcomeEffect Effect(string outcome, string arm, double control, Estimate? estimate, double confidence, bool whole, double probability)
    {
        (double, double) interval = estimate is not { } known ? default : whole ? known.Interval(confidence) : new AlwaysValid(PlannedError(outcome, arm, known), confidence).Interval(known);
        return OutcomeEffect.Of(outcome, control, estimate, interval, whole ? probability : null);
    }

    private (double Low, double High) FactorInterval(string outcome, double[] weights, Estimate estimate)
    {
        if (_days == _plan.OutcomeDays)
            return estimate.Interval(_plan.Confidence);
        double variance = 0;
        for (int a = 1; a < weights.Length; a++)
            variance += weights[a] * weights[a] / _plan.Arms[a].Customers;
        return new AlwaysValid(Usable(Figure(outcome, _plan.Arms[1].Id).Deviation * Math.Sqrt(variance) * Relative(outcome), estimate), _plan.Confidence).Interval(estimate);
    }

    /// <summary>Standard error at the end as the plan saw it.</summary>
    private double PlannedError(string outcome, string arm, Estimate now) => Usable(Figure(outcome, arm).StandardError * Relative(outcome), now);

    private static double Usable(double planned, Estimate now) => planned > 0 && double.IsFinite(planned) ? planned : Math.Max(now.StandardError, 1e-12);

    private DesignFigure Figure(string outcome, string arm) => _plan.Design.Single(one => one.Arm == arm && one.Outcome == (outcome is "buyers" or "purchases" ? "buyers" : "spend"));

    /// <summary>Purchases and margin vary like buyers and spend do.</summary>
    private double Relative(string outcome) => outcome switch
    {
        "purchases" => Math.Max(1, _purchases.Sum() / Math.Max(1, _buyers.Sum())),
        "margin" => _spend.Sum() > 0 ? Math.Abs(_margin.Sum() / _spend.Sum()) : 1,
        _ => 1,
    };

    private IEnumerable<GroupEffect> Groups(int arm, Func<int, string> groupOf)
    {
        foreach (IGrouping<string, int> group in Enumerable.Range(0, _rows.Length).Where(i => ArmFor(arm, i) == 0 || ArmFor(arm, i) == arm).GroupBy(groupOf, StringComparer.Ordinal).OrderBy(group => group.Key.Length).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            int[] members = [.. group];
            if (members.Length < LeastInGroup)
                continue;
            StratifiedComparison comparison = new([.. members.Select(i => ArmFor(arm, i) == arm ? 1 : 0)], 2, [.. members.Select(i => _assignment.Stratum[_rows[i]])]);
            if (comparison.Compare([.. members.Select(i => _spend[i])], 1, 0, [.. members.Select(i => _assignment.ExpectedSpend[_rows[i]])]) is not { } spend)
                continue;
            Estimate? buyers = comparison.Compare([.. members.Select(i => _buyers[i])], 1, 0, [.. members.Select(i => _assignment.BuyingProbability[_rows[i]])]);
            (double low, double high) = spend.Interval(_plan.Confidence);
            yield return new GroupEffect(group.Key, members.Length, buyers?.Difference ?? 0, spend.Difference, low, high);
        }
    }

    private Func<int, string> TenthOf()
    {
        int[] order = [.. Enumerable.Range(0, _rows.Length).OrderBy(i => _assignment.ExpectedSpend[_rows[i]])], tenth = new int[_rows.Length];
        for (int rank = 0; rank < order.Length; rank++)
            tenth[order[rank]] = 1 + (int)((long)rank * Deciles / order.Length);
        return i => tenth[i].ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// What the arm did in the playbook's terms: with p0 and y0 the share of buyers and the spend of the control group, buying is the difference over 1 - p0 (over p0 where it
    /// is negative), and spend the relative change of spend less the relative change of buyers, so that the two give back the whole.
    /// </summary>
    private IEnumerable<PlaybookEffect> PlaybookEffects(int arm, StratifiedComparison comparison, Estimate? buyers)
    {
        double p = comparison.Mean(_buyers, 0), y = comparison.Mean(_spend, 0);
        if (buyers is { } more && p is > 0 and < 1)
        {
            double of = more.Difference >= 0 ? 1 - p : p;
            yield return new PlaybookEffect("buying", more.Difference / of, more.StandardError / of);
        }
        if (p > 0 && y > 0 && comparison.Compare([.. _spend.Select((spend, i) => spend / y - _buyers[i] / p)], arm, 0, [.. _rows.Select(row => _assignment.ExpectedSpend[row])]) is { } beyond)
            yield return new PlaybookEffect("spend", beyond.Difference, beyond.StandardError);
    }

    private IEnumerable<CampaignCheck> Checks(int[] arms, bool[]? contacted)
    {
        // Those who are missing must be missing from all groups alike; few in one group alone are seen so, where sizes would hide them.
        int[] missing = [.. _plan.Arms.Select((planned, a) => planned.Customers - _rows.Count(row => _assignment.Arm[row] == a))];
        double odd = SampleRatio.PValue(missing, [.. _plan.Arms.Select(arm => (double)arm.Customers)]);
        yield return new CampaignCheck("sample-ratio", null, odd >= OddSizes, odd, odd >= OddSizes
            ? "The groups are as large as they were drawn." : "Customers are missing from some groups more than from others, so the groups cannot be compared; find out who was removed, and why.");
        foreach (int arm in arms)
        {
            if (_spendBefore.Length > 0 && Comparison(arm).Compare(_spendBefore, arm, 0) is { } before)
                yield return new CampaignCheck("before-the-start", _plan.Arms[arm].Id, before.PValue >= OddBefore, before.PValue, before.PValue >= OddBefore
                    ? "Arm and control group spent alike before the start." : "Arm and control group already differed before the start, more than chance lets them; what differs now need not be the campaign's doing.");
        }
        if (contacted is null)
            yield break;
        int control = _rows.Count(row => _assignment.Arm[row] == 0), spoiled = _rows.Count(row => _assignment.Arm[row] == 0 && contacted[row]);
        double share = control > 0 ? (double)spoiled / control : 0;
        yield return new CampaignCheck("contamination", null, share <= MostContaminated, share, share <= MostContaminated
            ? "The control group was left alone." : "Customers of the control group were contacted, so the campaign looks weaker than it is; keep the list away from whoever contacts.");
    }

    private IEnumerable<ForecastCheck> ForecastChecks()
    {
        int[] control = [.. Enumerable.Range(0, _rows.Length).Where(i => _assignment.Arm[_rows[i]] == 0)];
        yield return new ForecastCheck("buyers", control.Sum(i => _assignment.BuyingProbability[_rows[i]]), control.Sum(i => _buyers[i]));
        yield return new ForecastCheck("purchases", control.Sum(i => _assignment.ExpectedPurchases[_rows[i]]), control.Sum(i => _purchases[i]));
        yield return new ForecastCheck("spend", control.Sum(i => _assignment.ExpectedSpend[_rows[i]]), control.Sum(i => _spend[i]));
    }
}
