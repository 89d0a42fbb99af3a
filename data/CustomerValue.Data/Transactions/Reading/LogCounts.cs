namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Counts over the rows of a log.</summary>
internal struct LogCounts
{
    public PurchaseTally Purchases;
    public PurchaseTally Paid;
    public long ReturnRows;
    public long ZeroRows;
    public long RepeatedRows;

    public void Add(in LogCounts part)
    {
        Purchases.Add(part.Purchases);
        Paid.Add(part.Paid);
        ReturnRows += part.ReturnRows;
        ZeroRows += part.ZeroRows;
        RepeatedRows += part.RepeatedRows;
    }
}

/// <summary>Size of a set of purchase rows while it is counted.</summary>
internal struct PurchaseTally
{
    public long Rows;
    public int Customers;
    public long Orders;
    public long CustomerDays;

    public void Add(in PurchaseTally part)
    {
        Rows += part.Rows;
        Customers += part.Customers;
        Orders += part.Orders;
        CustomerDays += part.CustomerDays;
    }

    public readonly PurchaseCounts ToCounts(bool ordersKnown) => new(Rows, Customers, ordersKnown ? Orders : null, CustomerDays);
}
