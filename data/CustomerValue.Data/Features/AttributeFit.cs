using System.Globalization;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Features;

/// <summary>How well a file of attributes fits a population.</summary>
/// <param name="OfFile">Doubts about the file itself.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Customers">Customers of the population.</param>
/// <param name="Without">Customers of the population who are not in the file.</param>
/// <param name="Strangers">Rows of the file that belong to nobody with transactions.</param>
internal sealed record AttributeFit(IReadOnlyList<Finding> OfFile, int Rows, int Customers, int Without, int Strangers)
{
    /// <summary>The fit of the same file to this population and another without a common customer.</summary>
    public AttributeFit And(AttributeFit other) => this with
    {
        Customers = Customers + other.Customers,
        Without = Without + other.Without,
        Strangers = Strangers + other.Strangers - Rows,
    };

    public List<Finding> ToFindings()
    {
        List<Finding> findings = [.. OfFile];
        if (Without > 0)
        {
            double share = (double)Without / Customers;
            findings.Add(new Finding("customers-without-attributes", share > 0.5 ? Severity.Warning : Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"{Without} of {Customers} customers ({share:P1}) have no attributes; they are taken as missing."),
                share > 0.5 ? "Check that both files write customer ids alike." : "Nothing, if they are new or unknown."));
        }
        if (Strangers > 0)
            findings.Add(new Finding("attributes-without-customer", Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"{Strangers} of {Rows} attribute rows belong to nobody with transactions; they were left out."),
                "Nothing, if these customers never bought; otherwise check that both files write customer ids alike."));
        return findings;
    }
}
