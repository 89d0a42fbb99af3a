using CustomerValue.Decisions.Customers;

namespace CustomerValue.Decisions.Planning;

/// <summary>What kind of customer is visited.</summary>
public enum CustomerKind
{
    /// <summary>Not yet known for two of their gaps.</summary>
    New,

    /// <summary>Everybody else.</summary>
    Regular,

    /// <summary>Silent for much longer than usual, or lost.</summary>
    Dormant,

    /// <summary>Of most potential value, and not dormant.</summary>
    KeyAccount,
}

/// <summary>Tells kinds of customers apart.</summary>
public static class CustomerKinds
{
    /// <summary>The kind of every customer.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="keyShare">Share of customers, by potential value, who are key accounts.</param>
    public static CustomerKind[] Of(DecisionCustomers customers, double keyShare)
    {
        double[] values = [.. customers.Potential.OrderDescending()];
        int keys = (int)Math.Ceiling(keyShare * values.Length);
        double line = keys == 0 ? double.PositiveInfinity : values[keys - 1];
        CustomerKind[] kinds = new CustomerKind[customers.Count];
        for (int i = 0; i < kinds.Length; i++)
            kinds[i] = customers.Stage[i] is "dormant" or "lost" ? CustomerKind.Dormant
                : customers.Potential[i] >= line && customers.Potential[i] > 0 ? CustomerKind.KeyAccount
                : customers.Stage[i] == "new" ? CustomerKind.New : CustomerKind.Regular;
        return kinds;
    }
}
