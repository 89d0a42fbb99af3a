namespace CustomerValue.Strategy.Costs;

/// <summary>Rows of activities as arrays of one length.</summary>
/// <param name="Customers">Index of the customer, or -1 where unknown.</param>
/// <param name="Days">Day numbers.</param>
/// <param name="Kinds">Code of the activity.</param>
/// <param name="Quantities">How many.</param>
/// <param name="Units">Measured units of the resource, NaN where not measured.</param>
internal sealed record ActivityColumns(int[] Customers, int[] Days, ushort[] Kinds, double[] Quantities, double[] Units);
