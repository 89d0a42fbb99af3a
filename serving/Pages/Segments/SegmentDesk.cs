using CustomerValue.CustomerBook.Work;
using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Customers;
using CustomerValue.Serving.Pages.Book;

namespace CustomerValue.Serving.Pages.Segments;

/// <summary>Who belongs to a segment: asked of the customers in memory by the same expressions that <c>campaign plan --segment</c> takes, so that both mean the same people.</summary>
internal sealed class SegmentDesk(WorkDatabase work)
{
    /// <summary>The saved segments, counted over a base; a condition that the base does not know has no members and says why.</summary>
    public async Task<IReadOnlyList<CountedSegment>> SavedAsync(BookColumns of, CancellationToken cancellation) =>
        [.. (await work.SegmentsAsync(cancellation)).Select(segment => Count(of, segment.Name, segment.Condition))];

    /// <summary>Keeps what the saved segments come to in a book, to be compared with later ones.</summary>
    public async Task KeepAsync(BookColumns of, CancellationToken cancellation)
    {
        if (of.Customers is null)
            return;
        SegmentCount[] counts = [.. (await SavedAsync(of, cancellation)).Where(segment => segment.Wrong is null).Select(segment => new SegmentCount
        {
            Name = segment.Name,
            AsOf = of.Header.AsOf,
            Condition = segment.Condition,
            Customers = segment.Customers,
            Future = segment.Future,
            AtRisk = segment.AtRisk,
        })];
        if (counts.Length > 0)
            await work.KeepAsync(counts, cancellation);
    }

    /// <summary>A segment, counted over a base.</summary>
    /// <param name="of">The base, with customers.</param>
    /// <param name="name">Its name; empty while it has none.</param>
    /// <param name="condition">Its condition.</param>
    public static CountedSegment Count(BookColumns of, string name, string condition)
    {
        DecisionCustomers customers = of.Customers!;
        bool[] members;
        try
        {
            members = Expression.ParseCondition(condition, DecisionCustomers.ScoredColumns).Holds(customers.Table());
        }
        catch (ExpressionException error)
        {
            return new CountedSegment(name, condition, [], error.Message);
        }
        CountedSegment counted = new(name, condition, members, null);
        double[] spend = customers.Number("expected_spend");
        for (int i = 0; i < members.Length; i++)
            if (members[i])
            {
                counted.Customers++;
                counted.Future += customers.Potential[i];
                counted.AtRisk += Math.Max(0, customers.Potential[i]) * customers.ChurnProbability[i];
                counted.Stayers += customers.ChurnProbability[i];
                counted.Spend += spend[i];
            }
        return counted;
    }

    /// <summary>Members who will bring most, greatest first.</summary>
    public static IReadOnlyList<int> Most(BookColumns of, CountedSegment segment, int most) =>
        [.. Enumerable.Range(0, segment.Members.Length).Where(i => segment.Members[i]).OrderByDescending(i => of.Customers!.Potential[i]).ThenBy(i => of.Customers!.Ids[i], StringComparer.Ordinal).Take(most)];
}

/// <summary>A segment with its members.</summary>
/// <param name="name">Its name.</param>
/// <param name="condition">Its condition.</param>
/// <param name="members">By customer of the base, whether they belong to it; empty where the condition cannot be understood.</param>
/// <param name="wrong">Why not; null where it can.</param>
internal sealed class CountedSegment(string name, string condition, bool[] members, string? wrong)
{
    public string Name { get; } = name;

    public string Condition { get; } = condition;

    public bool[] Members { get; } = members;

    public string? Wrong { get; } = wrong;

    public long Customers { get; set; }

    /// <summary>Potential value.</summary>
    public double Future { get; set; }

    /// <summary>Potential value times churn probability, where it is above 0.</summary>
    public double AtRisk { get; set; }

    /// <summary>Expected to stay away.</summary>
    public double Stayers { get; set; }

    /// <summary>Expected within the horizon.</summary>
    public double Spend { get; set; }

    /// <summary>Customers who belong to another too.</summary>
    public long Shared(CountedSegment other)
    {
        long shared = 0;
        for (int i = 0; i < Math.Min(Members.Length, other.Members.Length); i++)
            if (Members[i] && other.Members[i])
                shared++;
        return shared;
    }
}
