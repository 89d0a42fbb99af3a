using System.Globalization;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Training.Inputs;

/// <summary>What was left out of a log because its customers were erased.</summary>
/// <param name="Customers">Customers.</param>
/// <param name="Rows">Their lines.</param>
internal readonly record struct ErasedLines(int Customers, long Rows)
{
    public Finding ToFinding() => new("erased-customers", Severity.Information,
        string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} lines of {Customers:N0} customers who were erased are left out."), "Take them out of the source too: a file that holds them is read in full before they are left out.");

    /// <summary>Nobody else is in the files.</summary>
    public static BadDataException Alone(int customers) => new($"Found only customers who were erased ({customers}), expected others.");
}
