namespace CustomerValue.Strategy.Portfolio;

/// <summary>Who moved from which label to which between two days, with the money that moved along.</summary>
/// <param name="From">The earlier day.</param>
/// <param name="To">The later day.</param>
/// <param name="Cells">Every pair of labels with a customer.</param>
public sealed record MigrationMatrix(DateOnly From, DateOnly To, IReadOnlyList<MigrationCell> Cells)
{
    /// <summary>Customers known on both days whose label changed.</summary>
    public int Changed => Cells.Where(cell => cell.From is not null && cell.To is not null && cell.From != cell.To).Sum(cell => cell.Customers);

    /// <summary>Moves between quadrants.</summary>
    public static MigrationMatrix OfQuadrants(EarlierStrategies earlier, CustomerStrategies later) => Of(earlier, later, earlier.Quadrant, later.Quadrant);

    /// <summary>Moves between lifecycle stages.</summary>
    public static MigrationMatrix OfStages(EarlierStrategies earlier, CustomerStrategies later) => Of(earlier, later, earlier.Stage, later.Stage);

    private static MigrationMatrix Of<TLabel>(EarlierStrategies earlier, CustomerStrategies later, TLabel[] before, TLabel[] after)
        where TLabel : struct, Enum
    {
        string[] names = Enum.GetNames<TLabel>();
        int size = names.Length + 1;
        MigrationCell[] cells = new MigrationCell[size * size];
        for (int c = 0; c < cells.Length; c++)
            cells[c] = new MigrationCell { From = c / size < names.Length ? names[c / size] : null, To = c % size < names.Length ? names[c % size] : null };
        int e = 0, l = 0;
        while (e < earlier.Count || l < later.Count)
        {
            int order = e == earlier.Count ? 1 : l == later.Count ? -1 : string.CompareOrdinal(earlier.Ids[e], later.Ids[l]);
            int row = order <= 0 ? Convert.ToInt32(before[e], null) : names.Length, column = order >= 0 ? Convert.ToInt32(after[l], null) : names.Length;
            MigrationCell cell = cells[row * size + column];
            cells[row * size + column] = cell with
            {
                Customers = cell.Customers + 1,
                CurrentBefore = cell.CurrentBefore + (order <= 0 ? earlier.Current[e] : 0),
                CurrentAfter = cell.CurrentAfter + (order >= 0 ? later.Current[l] : 0),
                PotentialBefore = cell.PotentialBefore + (order <= 0 ? earlier.Potential[e] : 0),
                PotentialAfter = cell.PotentialAfter + (order >= 0 ? later.Potential[l] : 0),
            };
            e += order <= 0 ? 1 : 0;
            l += order >= 0 ? 1 : 0;
        }
        return new MigrationMatrix(earlier.AsOf, later.AsOf, [.. cells.Where(cell => cell.Customers > 0)]);
    }
}

/// <summary>Customers who moved from one label to another.</summary>
public sealed record MigrationCell
{
    /// <summary>Earlier label as in code; null for those not yet customers.</summary>
    public required string? From { get; init; }

    /// <summary>Later label; null for those no longer in the data.</summary>
    public required string? To { get; init; }

    /// <summary>How many.</summary>
    public int Customers { get; init; }

    /// <summary>Their current values on the earlier day.</summary>
    public double CurrentBefore { get; init; }

    /// <summary>Their current values on the later day.</summary>
    public double CurrentAfter { get; init; }

    /// <summary>Their potential values on the earlier day.</summary>
    public double PotentialBefore { get; init; }

    /// <summary>Their potential values on the later day.</summary>
    public double PotentialAfter { get; init; }
}
