using CustomerValue.CustomerBook;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;

namespace CustomerValue.Serving.Pages.Customers;

/// <summary>One customer of the book as decisions need them; one alone gets what they get among others.</summary>
internal static class DecisionRow
{
    /// <summary>The customer; null where the book was written without what decisions need.</summary>
    public static DecisionCustomers? Of(BookEntry entry) => DecisionCustomers.KeptNumbers.Concat(DecisionCustomers.KeptTexts).All(name => entry.Header.Columns.Any(column => column.Name == name))
        ? DecisionCustomers.FromKept(new ObservationWindow(entry.Header.AsOf, entry.Header.HorizonDays), entry.Header.ModelVersion, [entry.Row.CustomerId],
            DecisionCustomers.KeptNumbers.ToDictionary(name => name, name => (double[])[entry.Row.Number(name) ?? double.NaN]), DecisionCustomers.KeptTexts.ToDictionary(name => name, name => (string[])[entry.Row.Text(name) ?? ""]))
        : null;
}
