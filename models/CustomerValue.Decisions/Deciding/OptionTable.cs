using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>Who may get which action, and what it would earn: a row a customer, a column an action.</summary>
internal sealed class OptionTable
{
    public OptionTable(DecisionCustomers customers, ActionPlaybook playbook, GainModel model, int threads, CancellationToken cancellation, Func<int, int, bool>? mayGet = null)
    {
        int actions = playbook.Actions.Count, count = customers.Count;
        Actions = actions;
        (Gain, Cost) = (new double[count * actions], new double[count * actions]);
        ExpressionTable table = customers.Table();
        bool[][] may = [.. playbook.Actions.Select(action => May(customers, action, table))];
        const int block = 4096;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, (count + block - 1) / block, options, b =>
        {
            for (int i = b * block; i < Math.Min(count, (b + 1) * block); i++)
                for (int a = 0; a < actions; a++)
                {
                    Cost[i * actions + a] = playbook.Actions[a].CostPerCustomer;
                    Gain[i * actions + a] = may[a][i] && mayGet?.Invoke(i, a) != false ? model.Of(i, playbook.Actions[a]).Gain : double.NaN;
                }
        });
    }

    public int Actions { get; }

    /// <summary>Expected gain after cost at customer x actions + action; NaN where the action is not for the customer.</summary>
    public double[] Gain { get; }

    /// <summary>Cost likewise.</summary>
    public double[] Cost { get; }

    /// <summary>The gains of a plan: what harms or brings less than the least return is left out, and actions that are dropped; an action that is tried to be measured may cost more than it brings.</summary>
    public double[] Worthwhile(double leastReturn, bool[] dropped, IReadOnlyList<InformationValue>? explored = null)
    {
        bool[] tried = new bool[Actions];
        foreach (InformationValue value in explored ?? [])
            tried[value.Action] = true;
        double[] gain = new double[Gain.Length];
        for (int o = 0; o < gain.Length; o++)
            gain[o] = !dropped[o % Actions] && (tried[o % Actions] ? Gain[o] > -Cost[o] : Gain[o] > 0 && Gain[o] >= leastReturn * Cost[o]) ? Gain[o] : double.NaN;
        return gain;
    }

    private static bool[] May(DecisionCustomers customers, PlaybookAction action, ExpressionTable table)
    {
        bool[] may = new bool[customers.Count];
        HashSet<string> strategies = new(action.Strategies, StringComparer.Ordinal);
        bool[]? eligible = action.Eligibility?.Holds(table), never = action.Never?.Holds(table), consent = action.Channel.Consent?.Holds(table);
        for (int i = 0; i < may.Length; i++)
            may[i] = strategies.Contains(customers.Strategy[i]) && eligible?[i] != false && never?[i] != true && consent?[i] != false;
        return may;
    }
}
