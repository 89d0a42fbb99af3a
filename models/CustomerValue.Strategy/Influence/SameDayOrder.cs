namespace CustomerValue.Strategy.Influence;

/// <summary>Orders customers who came on one day by who brought whom.</summary>
internal static class SameDayOrder
{
    /// <summary>A number for each customer that rises along every edge; where edges form a circle it is opened at the customer of the lowest index.</summary>
    /// <remarks>Kahn (1962), Topological sorting of large networks. Time and space grow with customers and edges.</remarks>
    public static int[] Of(int customers, IReadOnlyList<int> edges, IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        int[] offsets = new int[customers + 1], open = new int[customers];
        foreach (int edge in edges)
        {
            offsets[from[edge] + 1]++;
            open[to[edge]]++;
        }
        for (int customer = 0; customer < customers; customer++)
            offsets[customer + 1] += offsets[customer];
        int[] next = offsets[..customers], targets = new int[edges.Count];
        foreach (int edge in edges)
            targets[next[from[edge]]++] = to[edge];

        int[] order = new int[customers];
        int placed = 0;
        Queue<int> ready = new();
        for (int customer = 0; customer < customers; customer++)
            if (open[customer] == 0)
                ready.Enqueue(customer);
        for (int lowest = 0; placed < customers;)
        {
            while (ready.TryDequeue(out int customer))
            {
                order[customer] = ++placed;
                foreach (int target in targets.AsSpan(offsets[customer]..offsets[customer + 1]))
                    if (--open[target] == 0 && order[target] == 0)
                        ready.Enqueue(target);
            }
            while (lowest < customers && order[lowest] > 0)
                lowest++;
            if (lowest < customers)
                ready.Enqueue(lowest);
        }
        return order;
    }
}
