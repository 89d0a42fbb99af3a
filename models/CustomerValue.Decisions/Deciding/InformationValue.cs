using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>What it would be worth to know an action's effect better before the next plan.</summary>
/// <param name="Action">Index of the action.</param>
/// <param name="Contacts">Customers who would get it, as many held back to compare with.</param>
/// <param name="Cost">What that costs.</param>
/// <param name="Value">Expected money that the next plan gains by knowing.</param>
public sealed record InformationValue(int Action, int Contacts, double Cost, double Value);

/// <summary>
/// Value of information: the next plan uses the action where its gain is above zero and leaves it where not. With the whole gain of the action normal with mean m and deviation s of what
/// would become known, knowing is worth E max(0, gain) - max(0, m) = s phi(m / s) - |m| Phi(-|m| / s).
/// </summary>
/// <remarks>Raiffa and Schlaifer (1961), Applied Statistical Decision Theory: expected value of sample information for a choice between two acts.</remarks>
internal static class InformationValues
{
    private const double Known = 0.8, MostVariance = 0.5;
    private const int LeastContacts = 30;

    public static InformationValue? Of(OptionTable table, ActionPlaybook playbook, GainModel model, int action, double budget, double exploration)
    {
        PlaybookAction what = playbook.Actions[action];
        List<(double Gain, int Customer)> best = [];
        for (int i = 0; i * table.Actions < table.Gain.Length; i++)
            if (!double.IsNaN(table.Gain[i * table.Actions + action]))
                best.Add((-table.Gain[i * table.Actions + action], i));
        best.Sort();
        int affordable = what.CostPerCustomer > 0 ? (int)Math.Min(best.Count, budget / what.CostPerCustomer) : best.Count;
        double mean = 0, doubt = 0, largest = 0;
        double[] stakes = new double[what.Effects.Count];
        foreach ((double gain, int customer) in best.Take(affordable))
        {
            mean -= gain;
            ExpectedGain one = model.Of(customer, what);
            for (int e = 0; e < stakes.Length; e++)
                stakes[e] += one.Stake[e];
        }
        for (int e = 0; e < stakes.Length; e++)
        {
            double part = what.Effects[e].Deviation * stakes[e];
            doubt += part * part;
            largest = Math.Max(largest, what.Effects[e].Deviation);
        }
        if (affordable < LeastContacts || doubt == 0)
            return null;
        // A difference of two shares measured on n treated and n held back has a variance of at most 1 / (2 n): four fifths of the doubt go with n = 2 / variance.
        double wanted = 2 / (largest * largest), paid = what.CostPerCustomer > 0 ? exploration / what.CostPerCustomer : wanted;
        int contacts = (int)Math.Clamp(Math.Min(wanted, paid), LeastContacts, affordable);
        double known = Math.Min(Known, largest * largest / (largest * largest + MostVariance / contacts));
        double learnt = Math.Sqrt(known * doubt), z = Math.Abs(mean) / learnt;
        double value = learnt * (Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)) - Math.Abs(mean) * NormalTail(z);
        return new InformationValue(action, contacts, contacts * what.CostPerCustomer, Math.Max(0, value));
    }

    /// <summary>P(Z > z) for z of 0 or more; Abramowitz and Stegun 26.2.17, error below 7.5e-8.</summary>
    private static double NormalTail(double z)
    {
        double t = 1 / (1 + 0.2316419 * z);
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    }
}
