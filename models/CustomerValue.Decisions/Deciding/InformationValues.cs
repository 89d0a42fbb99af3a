using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>
/// Value of information for the next plan. What a measurement on n treated and n held back will say of an effect of variance v is a draw of variance v^2 / (v + w / n); for each of some draws
/// the next plan's worth is the least over prices of money of price x budget + what customers who choose alone at that price earn (Lagrangian bound), the action within its own capacity.
/// Good news is therefore worth no more than the budget can use of it. The mean over draws less the worth without news is the value.
/// </summary>
/// <remarks>Raiffa and Schlaifer (1961), Applied Statistical Decision Theory: expected value of sample information.</remarks>
internal sealed class InformationValues
{
    /// <summary>Fewer contacts tell too little to be told apart from chance.</summary>
    internal const int LeastContacts = 30;

    private const int MostSampled = 2_000;

    /// <summary>What a unit of money may have to earn beside itself.</summary>
    private static readonly double[] s_prices = [0, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4.5, 7, 12];

    /// <summary>Middles of fifteen equally likely parts of the standard normal distribution.</summary>
    private static readonly double[] s_draws = [-1.834, -1.282, -0.967, -0.728, -0.524, -0.341, -0.168, 0, 0.168, 0.341, 0.524, 0.728, 0.967, 1.282, 1.834];

    private readonly OptionTable _table;
    private readonly ActionPlaybook _playbook;
    private readonly GainModel _model;
    private readonly DecisionOptions _options;
    private readonly int[] _rows;
    private readonly double _scale;
    private readonly double[] _prices;
    private readonly (double Best, int Action, double Second)[][] _choices;

    public InformationValues(OptionTable table, ActionPlaybook playbook, GainModel model, DecisionOptions options)
    {
        (_table, _playbook, _model, _options) = (table, playbook, model, options);
        int customers = table.Gain.Length / table.Actions, step = Math.Max(1, (customers + MostSampled - 1) / MostSampled);
        _rows = [.. Enumerable.Range(0, (customers + step - 1) / step).Select(k => k * step)];
        _scale = _rows.Length == 0 ? 1 : (double)customers / _rows.Length;
        _prices = options.Budget is null ? [0] : s_prices;
        _choices = [.. _prices.Select(price => Array.ConvertAll(_rows, row => Choice(row, price)))];
    }

    /// <summary>The number of contacts at which an action's value exceeds its loss most, by money that may be spent on more of them; null where nothing would be learnt.</summary>
    /// <param name="action">Index of the action.</param>
    /// <param name="planned">Customers whom the plan gives it.</param>
    /// <param name="money">Money for more.</param>
    public InformationValue? Of(int action, int planned, double money)
    {
        (PlaybookAction what, List<(int Place, double Gain, double[] Stake)> suited, double willing, double room) = Suited(action);
        int most = (int)Math.Min(Math.Min(willing, room), what.CostPerCustomer > 0 ? planned + money / what.CostPerCustomer : willing);
        if (most < LeastContacts)
            return null;
        double known = Worth(action, suited, what, planned, room), without = Worth(action, suited, what, 0, room);
        InformationValue? best = null;
        for (int contacts = planned + LeastContacts; contacts <= most; contacts = planned + 4 * (contacts - planned))
            if (Measuring(action, suited, what, contacts, planned, known, without, room) is var one && (best is null || one.Value - one.Loss > best.Value - best.Loss))
                best = one;
        return best is { Value: > 0 } ? best : null;
    }

    /// <summary>What trying an action would be worth on more and more customers, each time twice as many, where no plan gives it to anybody.</summary>
    /// <param name="action">Index of the action.</param>
    /// <param name="most">Most customers who can get it.</param>
    public IEnumerable<InformationValue> Sizes(int action, int most)
    {
        (PlaybookAction what, List<(int Place, double Gain, double[] Stake)> suited, double willing, double room) = Suited(action);
        double without = Worth(action, suited, what, 0, room);
        for (int contacts = LeastContacts; contacts <= Math.Min(most, Math.Min(willing, room)); contacts *= 2)
            yield return Measuring(action, suited, what, contacts, 0, without, without, room);
    }

    private (PlaybookAction What, List<(int Place, double Gain, double[] Stake)> Suited, double Willing, double Room) Suited(int action)
    {
        PlaybookAction what = _playbook.Actions[action];
        List<(int Place, double Gain, double[] Stake)> suited = [];
        for (int k = 0; k < _rows.Length; k++)
            if (_table.Gain[_rows[k] * _table.Actions + action] is var gain && !double.IsNaN(gain))
                suited.Add((k, gain, _model.Of(_rows[k], what).Stake));
        // Who would be harmed before cost is not asked to help measuring.
        return (what, suited, suited.Count(one => one.Gain + what.CostPerCustomer > 0) * _scale, Room(what));
    }

    private InformationValue Measuring(int action, List<(int Place, double Gain, double[] Stake)> suited, PlaybookAction what, int contacts, int planned, double known, double without, double room)
    {
        // A fixed cost is paid once to try an action, and again to use it.
        double once = planned == 0 ? what.FixedCost : 0, loss = Math.Max(0, without - Forced(action, suited, what, contacts)) + once;
        return new InformationValue(action, contacts, contacts * what.CostPerCustomer, Math.Max(0, Worth(action, suited, what, contacts, room) - known - once), loss);
    }

    /// <summary>Expected worth of the next plan once so many contacts were measured.</summary>
    private double Worth(int action, List<(int Place, double Gain, double[] Stake)> suited, PlaybookAction what, int contacts, double room)
    {
        double[] learnt = [.. suited.Select(one => Math.Sqrt(what.Effects.Select((effect, e) => Known(effect, contacts) * one.Stake[e] * one.Stake[e]).Sum()))];
        double sum = 0;
        double[] better = new double[suited.Count];
        foreach (double draw in contacts == 0 ? [0] : s_draws)
        {
            double least = double.PositiveInfinity;
            for (int p = 0; p < _prices.Length; p++)
            {
                double worth = Others(action, suited, p);
                for (int k = 0; k < better.Length; k++)
                    better[k] = Math.Max(0, suited[k].Gain + draw * learnt[k] - _prices[p] * what.CostPerCustomer - OtherChoice(action, p, suited[k].Place));
                least = Math.Min(least, worth + Top(better, room / _scale) * _scale);
            }
            sum += least;
        }
        return sum / (contacts == 0 ? 1 : s_draws.Length);
    }

    /// <summary>Worth of this plan where so many customers get the action, those who lose least by it.</summary>
    private double Forced(int action, List<(int Place, double Gain, double[] Stake)> suited, PlaybookAction what, int contacts)
    {
        double least = double.PositiveInfinity;
        double[] better = new double[suited.Count];
        for (int p = 0; p < _prices.Length; p++)
        {
            for (int k = 0; k < better.Length; k++)
                better[k] = suited[k].Gain + what.CostPerCustomer > 0 ? suited[k].Gain - _prices[p] * what.CostPerCustomer - OtherChoice(action, p, suited[k].Place) : double.NegativeInfinity;
            Array.Sort(better);
            double worth = 0;
            int must = (int)Math.Ceiling(contacts / _scale);
            for (int k = better.Length - 1; k >= 0 && (must > 0 || better[k] > 0) && !double.IsNegativeInfinity(better[k]); k--, must--)
                worth += better[k];
            least = Math.Min(least, Others(action, suited, p) + worth * _scale);
        }
        return least;
    }

    /// <summary>What customers earn at a price without the action, and what the budget is worth at it.</summary>
    private double Others(int action, List<(int Place, double Gain, double[] Stake)> suited, int price)
    {
        double worth = _choices[price].Sum(choice => choice.Best);
        foreach ((int place, _, _) in suited)
            worth += OtherChoice(action, price, place) - _choices[price][place].Best;
        return worth * _scale + _prices[price] * (_options.Budget ?? 0);
    }

    private double OtherChoice(int action, int price, int place) => _choices[price][place] is var choice && choice.Action == action ? choice.Second : choice.Best;

    private (double Best, int Action, double Second) Choice(int row, double price)
    {
        (double best, int chosen, double second) = (0, -1, 0);
        for (int a = 0; a < _table.Actions; a++)
        {
            double net = _table.Gain[row * _table.Actions + a] - price * _table.Cost[row * _table.Actions + a];
            if (net > best)
                (second, best, chosen) = (best, net, a);
            else if (net > second)
                second = net;
        }
        return (best, chosen, second);
    }

    private double Room(PlaybookAction what) => Math.Min(what.DailyCapacity ?? double.PositiveInfinity, what.Channel.DailyCapacity ?? double.PositiveInfinity) * _options.WorkingDays;

    private static double Top(double[] values, double most)
    {
        if (most >= values.Length)
            return values.Sum();
        double[] sorted = [.. values];
        Array.Sort(sorted);
        double sum = 0;
        for (int k = 0; k < (int)most; k++)
            sum += sorted[^(k + 1)];
        return sum;
    }

    private static double Known(Effect effect, int contacts) =>
        effect.Deviation * effect.Deviation is var prior && prior > 0 && contacts > 0 ? prior * prior / (prior + (effect.Individual?.Noise ?? Noise(effect.Kind)) / contacts) : 0;

    /// <summary>Variance of the difference of two customers, treated and held back: of shares at most a half; of relative spend and of counts as shops have them.</summary>
    private static double Noise(EffectKind kind) => kind switch { EffectKind.Spend => 2, EffectKind.Referrals => 0.2, _ => 0.5 };
}
