namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>Customers drawn from a model, observed for 30 to 90 weeks.</summary>
internal static class Simulated
{
    public static PurchaseHistories From(ITransactionModel truth, int customers, int seed, double shortest = 30, double longest = 90)
    {
        Random random = new(seed);
        double[] x = new double[customers], tx = new double[customers], age = new double[customers], logIntervals = new double[customers];
        for (int i = 0; i < customers; i++)
        {
            age[i] = shortest + (longest - shortest) * random.NextDouble();
            double before = 0;
            foreach (double moment in truth.SimulateNewCustomer(age[i], random))
            {
                x[i]++;
                logIntervals[i] += Math.Log(moment - before);
                tx[i] = before = moment;
            }
        }
        return PurchaseHistories.From(x, tx, age, default, logIntervals);
    }
}
