namespace CustomerValue.CustomerBook.Outcomes;

/// <summary>What became of reported lines.</summary>
/// <param name="Received">Lines that came.</param>
/// <param name="Added">Those that are new and were added.</param>
/// <param name="Known">Those that were reported before.</param>
/// <param name="Erased">Those of erased customers, of which nothing is kept.</param>
/// <param name="ObservedFrom">First day that the log speaks of; null for none.</param>
/// <param name="ObservedThrough">Last day that the log speaks of; null for none.</param>
public sealed record OutcomeReceipt(int Received, int Added, int Known, int Erased, DateOnly? ObservedFrom, DateOnly? ObservedThrough);
