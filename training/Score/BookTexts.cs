using System.Globalization;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Influence;

namespace CustomerValue.Training.Score;

/// <summary>What the book tells of one customer in lines, for the customer's page; above a number of customers the book goes without.</summary>
internal sealed class BookTexts
{
    private const int MostReasons = 3;

    /// <summary>Above this many customers the book goes without: reasons take longer to work out than everything else that scoring does, and texts make it large.</summary>
    private const int MostCustomers = 100_000;

    /// <summary>Customers named of those whom one brought.</summary>
    private const int MostReferred = 12;

    private readonly RecentPurchases _purchases;
    private readonly int[] _population;
    private readonly CostToServe? _costs;
    private readonly ReferralGraph? _referrals;
    private readonly Dictionary<int, List<int>> _brought = [];

    private BookTexts(ScoredBase of)
    {
        _purchases = new RecentPurchases(of.Data.Log, of.Everyone);
        _population = of.Everyone.Aggregates.Population.ToArray();
        (_costs, _referrals) = (of.Strategies?.YearCosts, of.Strategies?.Referrals);
        for (int customer = 0; customer < (_referrals?.Customers.Count ?? 0); customer++)
            foreach (int referrer in _referrals!.ReferrersOf(customer))
                (_brought.TryGetValue(referrer, out List<int>? brought) ? brought : _brought[referrer] = []).Add(customer);
    }

    /// <summary>Reasons of churn a customer for a base of this size.</summary>
    public static int Reasons(int customers) => customers <= MostCustomers ? MostReasons : 0;

    /// <summary>The texts of a base; null where there are more customers than the book keeps texts of.</summary>
    public static BookTexts? For(ScoredBase of) => of.Scored.Count <= MostCustomers ? new BookTexts(of) : null;

    /// <summary>Adds a customer's.</summary>
    /// <param name="fields">Takes them.</param>
    /// <param name="row">The customer, as the snapshot counts.</param>
    public BookFields AddTo(BookFields fields, int row)
    {
        fields.Add("recent_purchases", _purchases.Of(row));
        if (_costs is not null)
            fields.Add("activity_costs", Costs(_population[row]));
        if (_referrals is not null)
            fields.Add("referred_by", Names([.. _referrals.ReferrersOf(_population[row])])).Add("referred", Names(_brought.GetValueOrDefault(_population[row]) ?? []));
        return fields;
    }

    /// <summary>What each activity of the last 365 days cost, the dearest first: <c>12.5 return_handling</c>.</summary>
    private string[] Costs(int customer) =>
    [
        .. Enumerable.Range(0, _costs!.Activities.Count).Select(activity => (Cents: _costs.CentsOf(activity)[customer], Name: _costs.Activities[activity])).Where(cost => cost.Cents != 0)
            .OrderByDescending(cost => cost.Cents).ThenBy(cost => cost.Name, StringComparer.Ordinal).Select(cost => string.Create(CultureInfo.InvariantCulture, $"{cost.Cents / 100.0:0.##} {cost.Name}")),
    ];

    private string[] Names(List<int> customers) => [.. customers.Select(customer => _referrals!.Customers[customer]).Order(StringComparer.Ordinal).Take(MostReferred)];
}
