using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Experiments;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>
/// Draws arms and a control group at random within strata of strategy, predicted value and churn, by a hash of customer, campaign and salt: the same customers whenever
/// and wherever it is planned.
/// </summary>
public sealed class CampaignPlanner
{
    private const int ValueBands = 5, ChurnBands = 10, LeastPerArm = 10, LeastFactors = 2, MostFactors = 3, MostCombinations = 64;
    private const double LeastControl = 0.05;

    private readonly DecisionCustomers _customers;
    private readonly TransactionLog? _log;
    private readonly ReturnsPolicy _returns;

    /// <summary>A planner for a base.</summary>
    /// <param name="customers">The customers, scored.</param>
    /// <param name="log">Their transactions; those before the start tell how much outcomes vary.</param>
    /// <param name="returns">What negative amounts do.</param>
    public CampaignPlanner(DecisionCustomers customers, TransactionLog log, ReturnsPolicy returns) => (_customers, _log, _returns) = (customers, log, returns);

    /// <summary>A planner for a base that was kept with its answers: what customers did in the days before is kept with them, over as many days as the horizon has.</summary>
    /// <param name="customers">The customers, from <see cref="DecisionCustomers.FromKept"/>.</param>
    public CampaignPlanner(DecisionCustomers customers) => _customers = customers;

    /// <summary>Plans a campaign.</summary>
    /// <param name="design">What is wanted.</param>
    /// <param name="chosen">Whether each customer of the base is meant.</param>
    /// <param name="intended">The arm (1 for the first) each chosen customer is meant for; null where any.</param>
    /// <param name="holdout">Whom no campaign contacts.</param>
    /// <param name="others">Campaigns planned before.</param>
    /// <exception cref="BadDataException">Nobody is left, an arm gets nobody, or the control group is everybody or nobody.</exception>
    public (CampaignPlan Plan, CampaignAssignment Assignment) Plan(CampaignDesign design, bool[] chosen, int[]? intended, GlobalHoldout holdout, IEnumerable<(CampaignPlan Plan, CampaignAssignment Assignment)> others)
    {
        Check(design);
        int[] all = [.. Enumerable.Range(0, _customers.Count).Where(i => chosen[i])];
        int[] rows = [.. all.Where(i => !holdout.Holds(_customers.Ids[i]))];
        if (rows.Length == 0)
            throw new BadDataException($"campaign '{design.Name}': found no customer in the segment{(all.Length > 0 ? " outside the global holdout" : "")}, expected some; widen the segment.");
        (double[] buyers, double[] spend) = Before(design, rows);
        double control = design.ControlShare ?? ControlShare(design, buyers, rows, intended is not null);
        int[] meant = [.. rows.Select(i => intended?[i] ?? 0)];
        int[] strata = Strata(rows, meant, design.Matrix is null ? design.Arms.Count : 1);
        double weights = design.Arms.Sum(arm => arm.Weight);
        double[] shares = [control, .. design.Arms.Select(arm => (1 - control) * arm.Weight / weights)];
        int[] arms = Draw(design, rows, meant, strata, shares, control);

        string[] names = ["control", .. design.Arms.Select(arm => arm.Id)];
        int[] sizes = [.. names.Select((_, a) => arms.Count(arm => arm == a))];
        for (int a = 0; a < sizes.Length; a++)
            if (sizes[a] == 0)
                throw new BadDataException($"campaign '{design.Name}': found nobody for {(a == 0 ? "the control group" : $"the arm '{names[a]}'")} among {rows.Length} customers, expected some; {(a == 0 ? "raise the control share" : "raise its share, leave it out")} or widen the segment.");
        double[] realShares = intended is null ? shares : [control, .. Enumerable.Range(1, design.Arms.Count).Select(a => (1 - control) * meant.Count(m => m == a) / rows.Length)];
        CampaignAssignment assignment = new()
        {
            Ids = Pick(_customers.Ids),
            Arm = arms,
            Intended = meant,
            Stratum = strata,
            Strategy = Pick(_customers.Strategy),
            BuyingProbability = [.. rows.Select(i => 1 - _customers.ChurnProbability[i])],
            ExpectedPurchases = Pick(_customers.Number("expected_purchases")),
            ExpectedSpend = Pick(_customers.Number("expected_spend")),
            ExpectedMargin = Pick(_customers.ExpectedMargin),
        };
        PlannedArm[] planned = [.. names.Select((name, a) => new PlannedArm(name, a == 0 ? null : design.Arms[a - 1].Action, realShares[a], sizes[a], a == 0 ? 0 : design.Arms[a - 1].CostPerCustomer, a == 0 ? 0 : design.Arms[a - 1].FixedCost))];
        DesignFigure[] figures = [.. Figures(design, assignment, buyers, spend)];
        CampaignPlan plan = new()
        {
            Name = design.Name,
            AsOf = _customers.AsOf,
            Start = design.Start,
            OutcomeDays = design.OutcomeDays,
            ModelVersion = _customers.ModelVersion,
            PlaybookHash = design.Playbook.Hash,
            HorizonDays = _customers.HorizonDays,
            Segment = design.Segment,
            Salt = design.Salt,
            ByDecision = intended is not null,
            HoldoutShare = holdout.Share,
            Holdout = all.Length - rows.Length,
            Confidence = design.Confidence,
            Power = design.Power,
            Arms = planned,
            Factors = design.Factors,
            Matrix = design.Matrix,
            FactorDesign = design.Factors.Count == 0 ? [] : [.. new FactorEffects(design.Factors).Smallest([.. figures.DistinctBy(figure => figure.Outcome)], sizes[1..], new SampleSize(design.Confidence, design.Power))],
            Design = figures,
            Balance = [.. Balance(assignment, names, spend)],
            Overlaps = [.. others.Where(other => other.Plan.Name != design.Name && other.Plan.Start < design.Start.AddDays(design.OutcomeDays) && design.Start < other.Plan.End)
                .Select(other => new CampaignOverlap(other.Plan.Name, Shared(assignment.Ids, other.Assignment))).Where(overlap => overlap.Customers > 0)],
            AssignmentSha256 = CampaignAssignment.HashOf(assignment.ToBytes(planned)),
        };
        return (plan, assignment);

        T[] Pick<T>(T[] column) => [.. rows.Select(i => column[i])];
    }

    private static void Check(CampaignDesign design)
    {
        if (!CampaignFolder.IsName(design.Name))
            throw new BadDataException($"campaign '{design.Name}': expected a name of letters, digits, dash and underscore, 64 at most; rename it.");
        if (design.ControlShare is <= 0 or >= 1)
            throw new BadDataException($"campaign '{design.Name}': found a control share of {design.ControlShare:P0}, expected more than 0 and less than 100 %: {(design.ControlShare <= 0 ? "without a control group nobody knows what the campaign earned" : "nobody would get anything")}.");
        if (design.Arms.Count == 0)
            throw new BadDataException($"campaign '{design.Name}': found no arm, expected at least one thing that is done.");
        if (design.Factors.Count > 0)
            CheckFactors(design);
        if (design.Arms.Select(arm => arm.Id).Append("control").GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BadDataException($"campaign '{design.Name}': found the arm '{twice.Key}' twice, expected arms with names of their own, and 'control' for the control group alone; rename one.");
    }

    private static void CheckFactors(CampaignDesign design)
    {
        if (design.Factors.Count is < LeastFactors or > MostFactors)
            throw new BadDataException($"campaign '{design.Name}': found {design.Factors.Count} factor{(design.Factors.Count == 1 ? "" : "s")}, expected {LeastFactors} or {MostFactors}; with one, name its levels as arms, and leave to another campaign what is beyond three.");
        if (design.Factors.GroupBy(factor => factor.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BadDataException($"campaign '{design.Name}': found the factor '{twice.Key}' twice, expected each once, with all its levels.");
        foreach (CampaignFactor factor in design.Factors)
        {
            if (factor.Levels.Count < 2)
                throw new BadDataException($"campaign '{design.Name}', factor '{factor.Name}': found {factor.Levels.Count} level, expected two or more to compare; add one, such as 'none'.");
            if (factor.Levels.GroupBy(level => level.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } again)
                throw new BadDataException($"campaign '{design.Name}', factor '{factor.Name}': found the level '{again.Key}' twice, expected each once.");
        }
        if (FactorEffects.DesignOf(design.Factors).Count is var count && (count > MostCombinations || count != design.Arms.Count))
            throw new BadDataException($"campaign '{design.Name}': found {count} combinations of levels, expected {MostCombinations} at most, an arm each; leave levels out.");
    }

    /// <summary>What the customers did in as many days before the start, as far as that is known.</summary>
    private (double[] Buyers, double[] Spend) Before(CampaignDesign design, int[] rows)
    {
        if (_log is null)
            return _customers.Before is var (bought, spent)
                ? ([.. rows.Select(i => bought[i])], [.. rows.Select(i => spent[i] * design.OutcomeDays / _customers.HorizonDays)])
                : throw new BadDataException($"campaign '{design.Name}': found customers scored from a history no longer than {Horizon.MinDays} days, expected a longer one to see how much customers vary; score again when there is.");
        try
        {
            return DecisionBasis.PurchasesBefore(_log, [.. rows.Select(i => _customers.Ids[i])], _customers.AsOf, design.OutcomeDays, _returns)
                ?? throw new BadDataException($"campaign '{design.Name}': found transactions of {(_log.LastDay < _customers.AsOf ? _log.LastDay : _customers.AsOf.AddDays(-1)).DayNumber - _log.FirstDay.DayNumber + 1} days before the start, expected more than {Horizon.MinDays} to see how much customers vary; give a longer history.");
        }
        catch (KeyNotFoundException error)
        {
            throw new BadDataException($"customer '{error.Message}': found no transactions, expected the log that was scored.", error);
        }
    }

    private double ControlShare(CampaignDesign design, double[] buyers, int[] rows, bool byDecision)
    {
        double p = rows.Average(i => Math.Min(1, (1 - _customers.ChurnProbability[i]) * Math.Min(1, (double)design.OutcomeDays / _customers.HorizonDays)));
        (double mean, double deviation) = Larger(Spread(buyers), (p, Math.Sqrt(p * (1 - p))));
        double difference = design.Detect * mean;
        if (difference <= 0)
            return 0.5;
        // Where each customer has an arm of their own, every arm has its own part of the control group.
        SampleSize size = new(byDecision ? design.Confidence : ManyArms.Confidence(design.Confidence, design.Arms.Count), design.Power);
        return Math.Max(LeastControl, size.ControlShare(deviation, difference, rows.Length, byDecision ? [1] : [.. design.Arms.Select(arm => arm.Weight)]) ?? 0.5);
    }

    /// <summary>Strategy, band of predicted value, band of churn; strata too small for all arms lose churn, then value, then strategy.</summary>
    private int[] Strata(int[] rows, int[] meant, int arms)
    {
        int least = LeastPerArm * (arms + 1);
        int[] value = Bands(rows, _customers.ExpectedMargin, ValueBands), churn = Bands(rows, _customers.ChurnProbability, ChurnBands);
        string[] keys = new string[rows.Length];
        int[] open = [.. Enumerable.Range(0, rows.Length)];
        Func<int, string>[] levels =
        [
            k => $"{meant[k]}|{_customers.Strategy[rows[k]]}|{value[k]}|{churn[k]}", k => $"{meant[k]}|{_customers.Strategy[rows[k]]}|{value[k]}", k => $"{meant[k]}|{_customers.Strategy[rows[k]]}", k => $"{meant[k]}",
        ];
        for (int level = 0; level < levels.Length && open.Length > 0; level++)
        {
            List<int> small = [];
            foreach (IGrouping<string, int> group in open.GroupBy(levels[level], StringComparer.Ordinal))
                if (group.Count() >= least || level == levels.Length - 1)
                    foreach (int k in group)
                        keys[k] = $"{level}|{group.Key}";
                else
                    small.AddRange(group);
            open = [.. small];
        }
        Dictionary<string, int> numbers = keys.Distinct().Order(StringComparer.Ordinal).Select((key, number) => (key, number)).ToDictionary(pair => pair.key, pair => pair.number, StringComparer.Ordinal);
        return Array.ConvertAll(keys, key => numbers[key]);
    }

    private static int[] Bands(int[] rows, double[] column, int count)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(k => column[rows[k]])], bands = new int[rows.Length];
        for (int rank = 0; rank < order.Length; rank++)
            // Equal values share a band, so that the order of ids decides nothing.
            bands[order[rank]] = rank > 0 && column[rows[order[rank]]] == column[rows[order[rank - 1]]] ? bands[order[rank - 1]] : (int)((long)rank * count / order.Length);
        return bands;
    }

    /// <summary>Within each stratum customers stand in the order of their hashes and are dealt out in turn, so that every stratum has its shares to within one customer.</summary>
    private int[] Draw(CampaignDesign design, int[] rows, int[] meant, int[] strata, double[] shares, double control)
    {
        int[] arms = new int[rows.Length];
        foreach (IGrouping<int, int> stratum in Enumerable.Range(0, rows.Length).GroupBy(k => strata[k]))
        {
            int[] members = [.. stratum];
            ulong[] hashes = [.. members.Select(k => StableHash.Of(_customers.Ids[rows[k]], $"campaign {design.Name}", design.Salt))];
            Array.Sort(hashes, members);
            double offset = StableHash.Share($"{stratum.Key}", $"stratum of {design.Name}", design.Salt);
            for (int position = 0; position < members.Length; position++)
            {
                int k = members[position];
                double at = (position + offset) / members.Length;
                arms[k] = meant[k] > 0 ? at < control ? 0 : meant[k] : Array.FindIndex(Cumulated(shares), limit => at < limit) is >= 0 and int arm ? arm : shares.Length - 1;
            }
        }
        return arms;
    }

    private static double[] Cumulated(double[] shares)
    {
        double sum = 0;
        return [.. shares.Select(share => sum += share)];
    }

    private IEnumerable<DesignFigure> Figures(CampaignDesign design, CampaignAssignment assignment, double[] buyers, double[] spend)
    {
        bool byDecision = assignment.Intended.Any(arm => arm > 0);
        // A test of a matrix is called real for certain where its probability is at most the rate over the number of tests.
        SampleSize size = new(ManyArms.Confidence(design.Matrix is { } matrix ? 1 - matrix.FalseDiscovery : design.Confidence, design.Arms.Count), design.Power);
        for (int a = 1; a <= design.Arms.Count; a++)
        {
            int[] part = [.. Enumerable.Range(0, assignment.Count).Where(k => !byDecision || assignment.Intended[k] == a)];
            int treated = part.Count(k => assignment.Arm[k] == a), control = part.Count(k => assignment.Arm[k] == 0);
            foreach ((string outcome, double[] column) in new[] { ("buyers", buyers), ("spend", spend) })
            {
                (double mean, double deviation) = Larger(Spread([.. part.Select(k => column[k])]), Foreseen(outcome, assignment, part, Math.Min(1, (double)design.OutcomeDays / _customers.HorizonDays)));
                double smallest = control == 0 ? double.PositiveInfinity : size.SmallestDifference(deviation, treated, control);
                yield return new DesignFigure
                {
                    Arm = design.Arms[a - 1].Id,
                    Outcome = outcome,
                    Mean = mean,
                    Deviation = deviation,
                    StandardError = control == 0 ? double.PositiveInfinity : deviation * Math.Sqrt(1.0 / treated + 1.0 / control),
                    Smallest = smallest,
                    Relative = mean > 0 ? smallest / mean : null,
                    Total = smallest * treated,
                };
            }
        }
    }

    /// <summary>What an outcome comes to by the forecast: a segment of those who did not buy lately says nothing by its past. Spend a buyer is taken to vary like its mean.</summary>
    private static (double Mean, double Deviation) Foreseen(string outcome, CampaignAssignment assignment, int[] part, double share)
    {
        double p = part.Length == 0 ? 0 : part.Average(k => Math.Min(1, assignment.BuyingProbability[k] * share)), money = part.Length == 0 ? 0 : part.Average(k => assignment.ExpectedSpend[k] * share);
        return outcome == "buyers" ? (p, Math.Sqrt(p * (1 - p))) : p > 0 ? (money, money * Math.Sqrt(2 / p - 1)) : (0, 0);
    }

    private static (double Mean, double Deviation) Larger((double Mean, double Deviation) one, (double Mean, double Deviation) other) => one.Deviation >= other.Deviation ? one : other;

    private static IEnumerable<BalanceFigure> Balance(CampaignAssignment assignment, string[] names, double[] spendBefore)
    {
        bool byDecision = assignment.Intended.Any(arm => arm > 0);
        (string Name, double[] Column)[] columns =
            [("buying_probability", assignment.BuyingProbability), ("expected_purchases", assignment.ExpectedPurchases), ("expected_spend", assignment.ExpectedSpend), ("expected_margin", assignment.ExpectedMargin), ("spend_before", spendBefore)];
        for (int a = 1; a < names.Length; a++)
            foreach ((string name, double[] column) in columns)
            {
                (double mean, double deviation) = Spread([.. Of(a)]);
                (double Mean, double Deviation) control = Spread([.. Of(0)]);
                double pooled = Math.Sqrt((deviation * deviation + control.Deviation * control.Deviation) / 2);
                yield return new BalanceFigure(names[a], name, pooled > 0 ? (mean - control.Mean) / pooled : 0);

                IEnumerable<double> Of(int arm) => Enumerable.Range(0, assignment.Count).Where(k => assignment.Arm[k] == arm && (!byDecision || assignment.Intended[k] == a)).Select(k => column[k]);
            }
    }

    private static int Shared(string[] ids, CampaignAssignment other)
    {
        int shared = 0;
        for (int i = 0; i < other.Count; i++)
            if (other.Arm[i] > 0 && Array.BinarySearch(ids, other.Ids[i], StringComparer.Ordinal) >= 0)
                shared++;
        return shared;
    }

    private static (double Mean, double Deviation) Spread(double[] values)
    {
        double mean = values.Length > 0 ? values.Average() : 0;
        return (mean, values.Length > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)) : 0);
    }
}
