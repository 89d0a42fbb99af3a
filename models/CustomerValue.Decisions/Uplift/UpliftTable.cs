using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;

namespace CustomerValue.Decisions.Uplift;

/// <summary>An experiment, a row a customer: what was known before, which arm they were drawn for, what came of it.</summary>
public sealed class UpliftTable
{
    /// <summary>Rows an arm must have: fewer say nothing about differences between customers.</summary>
    public const int FewestInArm = 100;

    /// <summary>Rows an arm must have to be suspected when all of them bought.</summary>
    private const int FewestToSuspect = 20;

    /// <summary>An experiment.</summary>
    /// <param name="features">What was known before the start.</param>
    /// <param name="arms">Names of the arms, the control group first.</param>
    /// <param name="arm">Arm of each row, 0 for control.</param>
    /// <param name="outcome">Outcome of each row; 1 or 0 for <see cref="UpliftOutcome.Buying"/>, else money.</param>
    /// <param name="kind">What the outcome is.</param>
    /// <exception cref="BadDataException">An arm has too few rows, nothing came of anything, or outcomes decided who was treated.</exception>
    public UpliftTable(BoostingData features, IReadOnlyList<string> arms, int[] arm, float[] outcome, UpliftOutcome kind)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(arm.Length, features.RowCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcome.Length, features.RowCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(arms.Count, 2);
        (Features, Arms, Arm, Outcome, Kind) = (features, arms, arm, outcome, kind);
        Counts = new int[arms.Count];
        foreach (int one in arm)
            Counts[one]++;
        CheckArms();
        CheckOutcomes();
    }

    /// <summary>What was known before the start.</summary>
    public BoostingData Features { get; }

    /// <summary>Names of the arms, the control group first.</summary>
    public IReadOnlyList<string> Arms { get; }

    /// <summary>Arm of each row.</summary>
    public int[] Arm { get; }

    /// <summary>Outcome of each row.</summary>
    public float[] Outcome { get; }

    /// <summary>What the outcome is.</summary>
    public UpliftOutcome Kind { get; }

    /// <summary>Days from the contact on whose outcomes were counted; null where nobody said. Decisions need it.</summary>
    public Horizon? Window { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Arm.Length;

    /// <summary>Rows of each arm.</summary>
    public int[] Counts { get; }

    /// <summary>Whether outcomes are 1 or 0.</summary>
    internal bool IsBinary => Kind == UpliftOutcome.Buying;

    /// <summary>Share of the rows that an arm has.</summary>
    internal double Share(int arm) => (double)Counts[arm] / Count;

    /// <summary>Some of the rows, to fit on.</summary>
    internal UpliftRows Select(int[] rows) => new(Features.Select(rows), Array.ConvertAll(rows, row => Arm[row]), Array.ConvertAll(rows, row => Outcome[row]));

    private void CheckArms()
    {
        for (int a = 0; a < Arms.Count; a++)
            if (Counts[a] < FewestInArm)
                throw new BadDataException($"arm '{Arms[a]}': found {Counts[a]} customers, expected {FewestInArm} or more to tell customers apart; leave the arm out, or take a larger experiment.");
    }

    private void CheckOutcomes()
    {
        float[] least = new float[Arms.Count], most = new float[Arms.Count];
        int[] positive = new int[Arms.Count];
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(most, float.NegativeInfinity);
        for (int row = 0; row < Count; row++)
        {
            int a = Arm[row];
            (least[a], most[a]) = (Math.Min(least[a], Outcome[row]), Math.Max(most[a], Outcome[row]));
            positive[a] += Outcome[row] > 0 ? 1 : 0;
        }
        if (least.Min() == most.Max())
            throw new BadDataException($"outcome: found {least[0]} in every row, expected different outcomes; there is nothing to learn from.");
        for (int a = 1; a < Arms.Count; a++)
        {
            bool apart = least[a] > most[0] || most[a] < least[0];
            bool chosen = Counts.Min() >= FewestToSuspect && (positive[a] == Counts[a]) != (positive[0] == Counts[0]);
            if (apart || chosen)
                throw new BadDataException($"arm '{Arms[a]}': found that the outcome tells who was treated ({positive[a]} of {Counts[a]} treated have one above 0, {positive[0]} of {Counts[0]} in '{Arms[0]}'), expected arms drawn by chance before anything came of them; give the arm a customer was drawn for, not who answered.");
        }
    }
}

/// <summary>Rows to fit on.</summary>
/// <param name="Features">Features.</param>
/// <param name="Arm">Arm of each row.</param>
/// <param name="Outcome">Outcome of each row.</param>
internal sealed record UpliftRows(BoostingData Features, int[] Arm, float[] Outcome)
{
    public int Count => Arm.Length;

    public int[] Of(Func<int, bool> arm) => [.. Enumerable.Range(0, Count).Where(row => arm(Arm[row]))];

    public UpliftRows Select(int[] rows) => new(Features.Select(rows), Array.ConvertAll(rows, row => Arm[row]), Array.ConvertAll(rows, row => Outcome[row]));
}
