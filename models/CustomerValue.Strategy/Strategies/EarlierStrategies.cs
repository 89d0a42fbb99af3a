using System.Diagnostics.CodeAnalysis;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Text;
using CustomerValue.Strategy.Files;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy;

/// <summary>Labels and values of an earlier day: what hysteresis holds on to and migration starts from.</summary>
/// <param name="AsOf">The earlier day.</param>
/// <param name="Ids">Customer ids in ascending ordinal order.</param>
/// <param name="Quadrant">Their quadrants.</param>
/// <param name="Stage">Their lifecycle stages.</param>
/// <param name="Current">Their current values; money a year.</param>
/// <param name="Potential">Their potential values; money.</param>
public sealed record EarlierStrategies(DateOnly AsOf, string[] Ids, Quadrant[] Quadrant, LifecycleStage[] Stage, double[] Current, double[] Potential)
{
    /// <summary>Number of customers.</summary>
    public int Count => Ids.Length;

    /// <summary>The labels of a whole result.</summary>
    public static EarlierStrategies Of(CustomerStrategies strategies) =>
        new(strategies.AsOf, strategies.Ids, strategies.Quadrant, strategies.Stage, strategies.Current, strategies.Potential);

    /// <summary>A whole result holds them too.</summary>
    [return: NotNullIfNotNull(nameof(strategies))]
    public static implicit operator EarlierStrategies?(CustomerStrategies? strategies) => strategies is null ? null : Of(strategies);

    /// <summary>Reads <c>customer_id, as_of, quadrant, stage, current_value, potential_value</c> of a recommendations file.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <exception cref="BadDataException">A column is absent, a word unknown, a customer stands twice, or the days differ.</exception>
    public static EarlierStrategies Read(string path)
    {
        using InputRows rows = new(path);
        int id = rows.Require("customer_id"), day = rows.Require("as_of"), quadrant = rows.Require("quadrant"), stage = rows.Require("stage");
        int current = rows.Require("current_value"), potential = rows.Require("potential_value");
        SortedDictionary<string, EarlierRow> found = new(StringComparer.Ordinal);
        DateOnly? asOf = null;
        while (rows.Next())
        {
            DateOnly here = rows.Day(day);
            if ((asOf ??= here) != here)
                throw rows.Bad(day, FormattableString.Invariant($"the day of the first row, {asOf:yyyy-MM-dd}"), "give recommendations of one day");
            if (!found.TryAdd(FormulaGuard.Remove(rows.Name(id)), new EarlierRow(Word<Quadrant>(rows, quadrant), Word<LifecycleStage>(rows, stage), rows.Number(current), rows.Number(potential))))
                throw rows.Bad(id, "each customer once", "remove one of the lines");
        }
        if (asOf is not { } known)
            throw new BadDataException($"{path}: found no customer below the header, expected the recommendations of an earlier day; give the whole file.");
        EarlierRow[] all = [.. found.Values];
        return new EarlierStrategies(known, [.. found.Keys], Array.ConvertAll(all, row => row.Quadrant), Array.ConvertAll(all, row => row.Stage),
            Array.ConvertAll(all, row => row.Current), Array.ConvertAll(all, row => row.Potential));
    }

    private static TWord Word<TWord>(InputRows rows, int column) where TWord : struct, Enum =>
        Enum.TryParse(rows.Text(column), ignoreCase: true, out TWord word) && Enum.IsDefined(word)
            ? word : throw rows.Bad(column, $"one of {string.Join(", ", Enum.GetNames<TWord>()).ToLowerInvariant()}", "give a file that recommend wrote");

    private readonly record struct EarlierRow(Quadrant Quadrant, LifecycleStage Stage, double Current, double Potential);
}
