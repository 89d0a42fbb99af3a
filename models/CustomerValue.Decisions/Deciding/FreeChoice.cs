using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>What every customer would get if no limit bound: the action of most expected gain, or none where none earns its cost. Fixed costs, which many customers share, are not counted.</summary>
public static class FreeChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="customers">The customers; one alone gets what they get among others.</param>
    /// <param name="playbook">The playbook.</param>
    /// <param name="model">Arithmetic of gains.</param>
    /// <param name="leastReturn">Least gain after cost for a unit of money.</param>
    /// <param name="threads">Threads to use; choices do not depend on them.</param>
    /// <param name="cancellation">Stops between blocks of customers.</param>
    /// <returns>Index of the action by customer, or -1.</returns>
    public static int[] Of(DecisionCustomers customers, ActionPlaybook playbook, GainModel model, double leastReturn = 0, int threads = 1, CancellationToken cancellation = default)
    {
        OptionTable table = new(customers, playbook, model, threads, cancellation);
        double[] gains = table.Worthwhile(leastReturn, new bool[table.Actions]);
        int[] chosen = new int[customers.Count];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = -1;
            double most = 0;
            for (int a = 0; a < table.Actions; a++)
                if (gains[i * table.Actions + a] > most)
                    (chosen[i], most) = (a, gains[i * table.Actions + a]);
        }
        return chosen;
    }
}
