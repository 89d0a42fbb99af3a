using System.Globalization;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Gains;

/// <summary>What an action is expected to earn with one customer.</summary>
/// <param name="Gain">After cost; money.</param>
/// <param name="Stake">What one unit of each effect is worth, in the order of the action's effects; money.</param>
/// <param name="EffectVariance">Variance from not knowing the effects; shared by all who get the action.</param>
/// <param name="ForecastVariance">Variance from the forecast's error, each customer's own.</param>
public readonly record struct ExpectedGain(double Gain, double[] Stake, double EffectVariance, double ForecastVariance)
{
    /// <summary>Lower end of the 80 % interval.</summary>
    public double Low => Gain - Normal.Z90 * Math.Sqrt(EffectVariance + ForecastVariance);

    /// <summary>Upper end of it.</summary>
    public double High => Gain + Normal.Z90 * Math.Sqrt(EffectVariance + ForecastVariance);
}

/// <summary>One step of the arithmetic of a gain.</summary>
/// <param name="Name">What is reckoned.</param>
/// <param name="Formula">With the figures.</param>
/// <param name="Value">What comes out.</param>
public sealed record GainStep(string Name, string Formula, double Value);

/// <summary>
/// Expected gain: effect x value at stake while it lasts, less cost. With p the probability of buying within the horizon H, M the expected net margin within it and L the days the
/// effect lasts: an effect b on buying is worth b (1 - p) M / p x L / H (a customer who is won buys like one who comes anyway; for b below 0, b M L / H is lost), an effect s on spend
/// s M L / H, r referrals r times the value of a new customer, an effect c on cost to serve -c times a year's cost x L / 365. What an uplift model
/// learnt of an action takes the place of its b and s: each customer's own change of the outcome within the W days of the experiment, times what a unit of it is worth, times L / W.
/// </summary>
/// <remarks>p is taken as at least .05, so that hopeless customers do not count as treasures.</remarks>
public sealed class GainModel
{
    private readonly DecisionCustomers _customers;

    /// <summary>A model of gains.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="newCustomerValue">What a referred customer is worth; null for the mean potential value of the new ones, or of all.</param>
    public GainModel(DecisionCustomers customers, double? newCustomerValue = null)
    {
        _customers = customers;
        NewCustomerValue = newCustomerValue ?? Mean(customers);
    }

    /// <summary>What a referred customer is taken to be worth; money.</summary>
    public double NewCustomerValue { get; }

    /// <summary>The gain of an action with a customer; one alone gets what they get among others.</summary>
    public ExpectedGain Of(int customer, PlaybookAction action)
    {
        double[] stake = new double[action.Effects.Count];
        double gain = -action.CostPerCustomer, shared = 0, own = 0, margin = _customers.ExpectedMargin[customer], relative = 0;
        for (int e = 0; e < stake.Length; e++)
        {
            Effect effect = action.Effects[e];
            stake[e] = Stake(customer, effect, action.LastsDays);
            gain += effect.MeanOf(customer) * stake[e];
            shared += effect.Deviation * stake[e] * (effect.Deviation * stake[e]);
            if ((effect.Kind is EffectKind.Buying or EffectKind.Spend || effect.Individual?.WorthIsForecast == true) && margin != 0)
                relative += effect.MeanOf(customer) * stake[e] / margin;
        }
        own = relative * _customers.MarginDeviation[customer];
        return new ExpectedGain(gain, stake, shared, own * own);
    }

    /// <summary>The same, step by step.</summary>
    public IReadOnlyList<GainStep> Steps(int customer, PlaybookAction action)
    {
        double churn = _customers.ChurnProbability[customer], margin = _customers.ExpectedMargin[customer], buying = _customers.Buying(customer), share = (double)action.LastsDays / _customers.HorizonDays;
        List<GainStep> steps = [];
        foreach (Effect effect in action.Effects)
        {
            double stake = Stake(customer, effect, action.LastsDays);
            string formula = effect.Kind switch
            {
                EffectKind.Buying when effect.Mean >= 0 => F($"(1 - p) M / p x L / H = {churn:0.####} x {margin:0.##} / {buying:0.####} x {action.LastsDays} / {_customers.HorizonDays}"),
                EffectKind.Buying or EffectKind.Spend => F($"M x L / H = {margin:0.##} x {share:0.####}"),
                EffectKind.Referrals => F($"value of a new customer = {NewCustomerValue:0.##}"),
                EffectKind.Uplift => F($"worth of one more of the outcome x L / W = {stake * effect.Individual!.Window.Days / action.LastsDays:0.##} x {action.LastsDays} / {effect.Individual.Window.Days}"),
                _ => F($"-(cost a year) x L / 365 = -{_customers.YearCost[customer]:0.##} x {action.LastsDays} / 365"),
            };
            steps.Add(new GainStep($"at stake, {effect.Kind}", formula, stake));
            steps.Add(new GainStep($"gain, {effect.Kind}", F($"{effect.MeanOf(customer):0.####} ({effect.Source}{(effect.Campaign is { } campaign ? $" in {campaign}" : "")}, {effect.Low:0.####} to {effect.High:0.####}) x {stake:0.##}"), effect.MeanOf(customer) * stake));
        }
        steps.Add(new GainStep("cost", F($"{action.UnitCost:0.##} + channel {action.Channel.Cost:0.##}"), -action.CostPerCustomer));
        steps.Add(new GainStep("expected gain", "sum of gains less cost", Of(customer, action).Gain));
        return steps;
    }

    private double Stake(int customer, Effect effect, int lastsDays)
    {
        double margin = _customers.ExpectedMargin[customer], share = (double)lastsDays / _customers.HorizonDays;
        return effect.Kind switch
        {
            EffectKind.Buying => effect.Mean >= 0 ? _customers.ChurnProbability[customer] * margin / _customers.Buying(customer) * share : margin * share,
            EffectKind.Spend => margin * share,
            EffectKind.Referrals => NewCustomerValue,
            EffectKind.Uplift => effect.Individual!.Worth[customer],
            _ => -_customers.YearCost[customer] * lastsDays / DaysIn.Year,
        };
    }

    private static double Mean(DecisionCustomers customers)
    {
        double sum = 0, all = 0;
        int count = 0;
        for (int i = 0; i < customers.Count; i++)
        {
            all += customers.Potential[i];
            if (customers.Stage[i] != "new")
                continue;
            sum += customers.Potential[i];
            count++;
        }
        return count > 0 ? Math.Max(0, sum / count) : customers.Count > 0 ? Math.Max(0, all / customers.Count) : 0;
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
