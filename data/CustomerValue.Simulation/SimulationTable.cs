namespace CustomerValue.Simulation;

/// <summary>One file of a simulation: its name, header and row format.</summary>
internal sealed record SimulationTable(SimulationFiles File, string FileName, string Header, Action<TableText, CustomerBlock, Utf8Buffer> Write)
{
    /// <summary>The tables that the options ask for, in the order of <see cref="SimulationFiles"/>.</summary>
    public static SimulationTable[] For(SimulationOptions options) =>
    [
        .. new SimulationTable[]
        {
            new(SimulationFiles.Transactions, "transactions.csv", TransactionTable.Header(options.Columns), TransactionTable.Write),
            new(SimulationFiles.Customers, "customers.csv", CustomerTables.CustomersHeader, CustomerTables.Customers),
            new(SimulationFiles.Activities, "activities.csv", CustomerTables.ActivitiesHeader, CustomerTables.Activities),
            new(SimulationFiles.Referrals, "referrals.csv", CustomerTables.ReferralsHeader, CustomerTables.Referrals),
            new(SimulationFiles.Contacts, "contacts.csv", CustomerTables.ContactsHeader, CustomerTables.Contacts),
            new(SimulationFiles.Truth, "truth.csv", TruthTable.Header, TruthTable.Write),
        }.Where(table => options.Files.HasFlag(table.File)),
    ];
}
