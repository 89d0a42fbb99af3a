using System.Numerics;

namespace CustomerValue.Decisions.Optimisation;

/// <summary>The answer to given prices: with every limit paid for, each customer takes what is best for them alone.</summary>
/// <param name="Bound">Sum of what they take, priced, plus the price of all limits: no plan earns more.</param>
/// <param name="Gain">What the choices earn.</param>
/// <param name="Cost">What they cost.</param>
/// <param name="Usage">What they use of each row.</param>
internal sealed record PricedChoice(double Bound, double Gain, double Cost, double[] Usage);

/// <summary>Lets customers choose at prices, in parallel; sums are taken in blocks of fixed size, so they do not depend on the threads.</summary>
/// <remarks>Option o of a customer is worth gain - money price x cost - unit price. Both prices stand in a table by class and action, a cache line or three.</remarks>
internal sealed class PricedChoices(PlanProblem problem, LimitRows rows, int threads, CancellationToken cancellation)
{
    private const int MostBlocks = 64, LeastBlock = 2048;

    private readonly int _block = Math.Max(LeastBlock, (problem.Customers + MostBlocks - 1) / MostBlocks);

    public PricedChoice Choose(double[] prices, ulong[]? plan)
    {
        int cells = rows.Classes * problem.Actions, blocks = (problem.Customers + _block - 1) / _block;
        (double[] unit, double[] money) = Table(prices);
        double[] priced = new double[blocks], gains = new double[blocks];
        double[][] counts = new double[blocks][], costs = new double[blocks][];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, blocks, options, b =>
        {
            (counts[b], costs[b]) = (new double[cells], new double[cells]);
            int from = b * _block, to = Math.Min(problem.Customers, from + _block);
            (priced[b], gains[b]) = problem.MostActions == 1 ? One(from, to, unit, money, counts[b], costs[b], plan) : Several(from, to, unit, money, counts[b], costs[b], plan);
        });
        double bound = priced.Sum(), gain = gains.Sum(), cost = 0;
        double[] usage = new double[rows.Count];
        for (int b = 0; b < blocks; b++)
            for (int cell = 0; cell < cells; cell++)
            {
                if (counts[b][cell] == 0)
                    continue;
                cost += costs[b][cell];
                for (int r = 0; r < usage.Length; r++)
                    usage[r] += rows.UnitWeight[r][cell] * counts[b][cell] + rows.MoneyWeight[r][cell] * costs[b][cell];
            }
        for (int r = 0; r < usage.Length; r++)
            bound += prices[r] * rows.Bound[r];
        return new PricedChoice(bound, gain, cost, usage);
    }

    /// <summary>Price of a unit and of a unit of cost, by class and action.</summary>
    public (double[] Unit, double[] Money) Table(double[] prices)
    {
        int cells = rows.Classes * problem.Actions;
        double[] unit = new double[cells], money = new double[cells];
        for (int r = 0; r < rows.Count; r++)
            for (int cell = 0; prices[r] != 0 && cell < cells; cell++)
            {
                unit[cell] += prices[r] * rows.UnitWeight[r][cell];
                money[cell] += prices[r] * rows.MoneyWeight[r][cell];
            }
        return (unit, money);
    }

    private (double Priced, double Gain) One(int from, int to, double[] unit, double[] money, double[] counts, double[] costs, ulong[]? plan)
    {
        int actions = problem.Actions;
        double[] gain = problem.Gain, cost = problem.Cost;
        double priced = 0, earned = 0;
        for (int i = from; i < to; i++)
        {
            int at = i * actions, cell = rows.ClassOf[i] * actions, chosen = -1;
            double best = 0;
            for (int a = 0; a < actions; a++)
            {
                double worth = gain[at + a] - money[cell + a] * cost[at + a] - unit[cell + a];
                if (worth > best) // false for NaN, an option that is not allowed
                    (best, chosen) = (worth, a);
            }
            if (plan is not null)
                plan[i] = chosen < 0 ? 0 : 1UL << chosen;
            if (chosen < 0)
                continue;
            priced += best;
            earned += gain[at + chosen];
            counts[cell + chosen]++;
            costs[cell + chosen] += cost[at + chosen];
        }
        return (priced, earned);
    }

    private (double Priced, double Gain) Several(int from, int to, double[] unit, double[] money, double[] counts, double[] costs, ulong[]? plan)
    {
        double priced = 0, earned = 0;
        double[] worth = new double[problem.Actions];
        for (int i = from; i < to; i++)
        {
            int at = i * problem.Actions, cell = rows.ClassOf[i] * problem.Actions;
            for (int a = 0; a < problem.Actions; a++)
                worth[a] = problem.Gain[at + a] - money[cell + a] * problem.Cost[at + a] - unit[cell + a];
            (ulong set, double best) = Sets.Best(worth, problem);
            if (plan is not null)
                plan[i] = set;
            priced += best;
            for (ulong rest = set; rest != 0; rest &= rest - 1)
            {
                int a = BitOperations.TrailingZeroCount(rest);
                earned += problem.Gain[at + a];
                counts[cell + a]++;
                costs[cell + a] += problem.Cost[at + a];
            }
        }
        return (priced, earned);
    }
}
