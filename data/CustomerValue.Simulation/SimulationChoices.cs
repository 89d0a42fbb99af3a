namespace CustomerValue.Simulation;

/// <summary>How customers leave.</summary>
public enum DropoutKind
{
    /// <summary>After an exponential lifetime in calendar time whose rate is gamma over customers (Pareto/NBD).</summary>
    Lifetime,

    /// <summary>Right after a repeat order, with a probability that is beta over customers (BG/NBD).</summary>
    AfterOrder,
}

/// <summary>Which columns transactions.csv has.</summary>
public enum SimulatedColumns
{
    /// <summary>customer_id, order_id, date, product, category, channel, quantity, amount, discount, unit_cost.</summary>
    All,

    /// <summary>customer_id, date, product, channel, amount: what most logs have, some 34 bytes a row.</summary>
    Usual,

    /// <summary>customer_id, date, amount: some 25 bytes a row.</summary>
    Minimal,
}

/// <summary>Which files are written.</summary>
[Flags]
public enum SimulationFiles
{
    /// <summary>No file.</summary>
    None = 0,

    /// <summary>transactions.csv.</summary>
    Transactions = 1,

    /// <summary>customers.csv: attributes of the customers.</summary>
    Customers = 2,

    /// <summary>activities.csv: deliveries, returns handled, calls, complaints.</summary>
    Activities = 4,

    /// <summary>referrals.csv: who brought whom.</summary>
    Referrals = 8,

    /// <summary>contacts.csv: campaign contacts and their control groups.</summary>
    Contacts = 16,

    /// <summary>truth.csv: the hidden state and what is to be expected.</summary>
    Truth = 32,

    /// <summary>All of them.</summary>
    All = Transactions | Customers | Activities | Referrals | Contacts | Truth,
}
