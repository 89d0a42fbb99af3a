namespace CustomerValue.Simulation;

/// <summary>What a customer with known hidden state is expected to do in the days after the end.</summary>
internal struct FutureExpectation
{
    public double Orders;
    public double PurchaseDays;
    public double NoOrder;

    /// <summary>Orders weighted by the price level of their day.</summary>
    public double PricedOrders;

    /// <summary>The same, times the chance that a return of that day's goods still arrives within the days.</summary>
    public double ReturnablePricedOrders;
}
