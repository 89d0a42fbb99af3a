using CustomerValue.Data.Features;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.MLNet.Pipelines;

/// <summary>Asks a pipeline from several threads at once what it answered alone: whoever keeps something of one caller for the next is found out before it serves.</summary>
internal static class SideBySide
{
    private const int Callers = 4, Rounds = 4, Rows = 256;

    /// <exception cref="CandidateFailedException">The answers differ, or a caller got none.</exception>
    public static void Check(VersionPool pool, FeatureTable table)
    {
        int rows = Math.Min(Rows, table.RowCount);
        FeatureTable few = FeatureTable.From(table.Schema, [.. Enumerable.Range(0, table.Schema.Count).Select(feature => table.Column(feature)[..rows].ToArray())]);
        FeatureTable reversed = FeatureTable.From(table.Schema, [.. Enumerable.Range(0, table.Schema.Count).Select(feature => Reversed(few.Column(feature).ToArray()))]);
        Forecast alone = pool.Predict(few);
        bool[] same = new bool[Callers];
        Thread[] callers = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() => same[caller] = Agrees(pool, caller % 2 == 0 ? few : reversed, alone, caller % 2 != 0)))];
        foreach (Thread caller in callers)
            caller.Start();
        foreach (Thread caller in callers)
            caller.Join();
        if (same.Contains(false))
            throw new CandidateFailedException("it is not thread-safe: asked by several callers at once it answers otherwise than alone, or not at all");
    }

    private static bool Agrees(VersionPool pool, FeatureTable table, Forecast alone, bool reversed)
    {
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                Forecast answer = pool.Predict(table);
                if (!Same(answer.ChurnProbability, alone.ChurnProbability, reversed) || !Same(answer.ExpectedPurchases, alone.ExpectedPurchases, reversed) || !Same(answer.ExpectedSpend, alone.ExpectedSpend, reversed))
                    return false;
            }
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return false; // whatever it throws at one caller among several, it does not throw alone
        }
    }

    private static bool Same(double[] answer, double[] alone, bool reversed) => reversed ? answer.AsSpan().SequenceEqual(Reversed(alone)) : answer.AsSpan().SequenceEqual(alone);

    private static T[] Reversed<T>(T[] values) => [.. Enumerable.Reverse(values)];
}
