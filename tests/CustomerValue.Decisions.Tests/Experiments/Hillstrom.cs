using System.Globalization;
using CustomerValue.Data.Text;

namespace CustomerValue.Decisions.Tests.Experiments;

/// <summary>The e-mail test of 64,000 customers published by Kevin Hillstrom (2008): arm 0 no mail, 1 men's, 2 women's.</summary>
internal static class Hillstrom
{
    private static readonly string[] s_arms = ["No E-Mail", "Mens E-Mail", "Womens E-Mail"];

    public static (int[] Arms, double[] Visit, double[] Spend) Read()
    {
        using DelimitedText text = DelimitedText.Open(ReferenceData.File("hillstrom_email", "hillstrom_email.csv.gz"));
        List<string> header = text.Read()!;
        (int arm, int visit, int spend) = (header.IndexOf("segment"), header.IndexOf("visit"), header.IndexOf("spend"));
        List<int> arms = [];
        List<double> visits = [], money = [];
        while (text.Read() is { } row)
        {
            arms.Add(Array.IndexOf(s_arms, row[arm]));
            visits.Add(double.Parse(row[visit], CultureInfo.InvariantCulture));
            money.Add(double.Parse(row[spend], CultureInfo.InvariantCulture));
        }
        return ([.. arms], [.. visits], [.. money]);
    }
}
