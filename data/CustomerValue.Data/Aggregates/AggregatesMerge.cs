using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>Puts the aggregates of disjoint customers together in ordinal order of id.</summary>
internal static class AggregatesMerge
{
    public static CustomerAggregates Of(CustomerAggregates left, CustomerAggregates right)
    {
        if (left.Window != right.Window)
            throw new ArgumentException($"The windows differ: {left.Window} and {right.Window}.", nameof(right));
        if (left.Catalogue.Hash != right.Catalogue.Hash)
            throw new ArgumentException("The catalogues differ; compute both with one catalogue.", nameof(right));
        if (left.Returns != right.Returns)
            throw new ArgumentException($"The returns policies differ: {left.Returns} and {right.Returns}.", nameof(right));

        // Positions in the merged list of customers; both lists are sorted.
        NameTable a = left.Customers, b = right.Customers;
        string[] names = new string[a.Count + b.Count];
        int[] placesOfLeft = new int[a.Count], placesOfRight = new int[b.Count];
        for (int i = 0, j = 0; i + j < names.Length;)
        {
            int order = i == a.Count ? 1 : j == b.Count ? -1 : string.CompareOrdinal(a[i], b[j]);
            if (order == 0)
                throw new ArgumentException($"Customer {a[i]} stands in both; only disjoint customers merge.", nameof(right));
            int place = i + j;
            names[place] = order < 0 ? a[i] : b[j];
            if (order < 0)
                placesOfLeft[i++] = place;
            else
                placesOfRight[j++] = place;
        }

        int count = left.Count + right.Count;
        int[] population = new int[count], sources = new int[count];
        for (int i = 0, j = 0; i + j < count;)
        {
            int row = i + j;
            bool fromLeft = j == right.Count || (i < left.Count && placesOfLeft[left.Population[i]] < placesOfRight[right.Population[j]]);
            population[row] = fromLeft ? placesOfLeft[left.Population[i]] : placesOfRight[right.Population[j]];
            sources[row] = fromLeft ? i++ : ~j++;
        }
        double[][] columns = new double[left.Catalogue.Count][];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[count];
            ReadOnlySpan<double> first = left.Column(c), second = right.Column(c);
            for (int row = 0; row < count; row++)
                columns[c][row] = sources[row] >= 0 ? first[sources[row]] : second[~sources[row]];
        }
        List<Finding> findings = [.. left.NameFindings.Union(right.NameFindings)];
        UnmatchedReturns unmatched = new(left.Unmatched.Customers + right.Unmatched.Customers, left.Unmatched.Amount + right.Unmatched.Amount,
            left.Unmatched.ReturnOnlyCustomers + right.Unmatched.ReturnOnlyCustomers);
        return new CustomerAggregates(left.Window, left.Catalogue, left.Returns, new NameTable(names), population, columns, unmatched, findings);
    }
}
