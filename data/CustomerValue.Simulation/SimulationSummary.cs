namespace CustomerValue.Simulation;

/// <summary>A file that was written.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Rows">Rows below the header.</param>
/// <param name="Bytes">Length.</param>
public sealed record SimulatedFile(string Path, long Rows, long Bytes);

/// <summary>What a simulation wrote.</summary>
/// <param name="Files">The files, in the order of <see cref="SimulationFiles"/>.</param>
/// <param name="Customers">Customers simulated.</param>
/// <param name="Cutoff">The first day after the log, to which truth.csv refers.</param>
/// <param name="HorizonDays">Days after the cutoff that truth.csv speaks of.</param>
public sealed record SimulationSummary(IReadOnlyList<SimulatedFile> Files, int Customers, DateOnly Cutoff, int HorizonDays)
{
    /// <summary>Rows in all files.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>Bytes in all files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);
}
