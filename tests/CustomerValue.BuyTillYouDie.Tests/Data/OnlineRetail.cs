using System.Globalization;
using System.Text;

namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>UCI Online Retail: positive invoice lines with a customer, as purchase days.</summary>
internal static class OnlineRetail
{
    private static readonly Lazy<List<(string Customer, DateOnly Day, double Amount)>> s_both = new(() =>
        [.. Read("online_retail_2009_2010.csv.gz").Where(line => line.Day < new DateOnly(2010, 12, 1)), .. Read("online_retail_2010_2011.csv.gz")]);

    /// <summary>Both years, the nine overlapping days once.</summary>
    public static List<(string Customer, DateOnly Day, double Amount)> Both => s_both.Value;

    /// <summary>The second file alone.</summary>
    public static IEnumerable<(string Customer, DateOnly Day, double Amount)> SecondYear => Both.Where(line => line.Day >= new DateOnly(2010, 12, 1));

    private static IEnumerable<(string Customer, DateOnly Day, double Amount)> Read(string file)
    {
        string[] header = [];
        foreach (string line in CustomerTable.Lines("uci_online_retail", file))
        {
            List<string> cells = Cells(line);
            if (header.Length == 0)
            {
                header = [.. cells];
                continue;
            }
            string customer = Cell("CustomerID"), quantity = Cell("Quantity"), price = Cell("UnitPrice");
            if (customer.Length == 0 || Cell("InvoiceNo").StartsWith('C')) continue;
            double amount = double.Parse(quantity, CultureInfo.InvariantCulture) * double.Parse(price, CultureInfo.InvariantCulture);
            if (double.Parse(quantity, CultureInfo.InvariantCulture) > 0 && amount > 0)
                yield return (customer, DateOnly.FromDateTime(DateTime.Parse(Cell("InvoiceDate"), CultureInfo.InvariantCulture)), amount);

            string Cell(string name) => cells[Array.IndexOf(header, name)];
        }
    }

    private static List<string> Cells(string line)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(c);
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
