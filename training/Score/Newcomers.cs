using System.Globalization;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Versions;

namespace CustomerValue.Training.Score;

/// <summary>Customers of the second file who have not bought yet: the model's newcomers answer for them.</summary>
internal static class Newcomers
{
    private const string LeftOut = "attributes-without-customer";

    /// <summary>One prediction for each customer with attributes and without a purchase before the day of scoring.</summary>
    public static IReadOnlyList<CustomerPrediction> Score(ScoringModel model, ScoredCustomers scored, CustomerAttributes? attributes, ErasedCustomers erased) =>
        attributes is null || !model.KnowsNewcomers ? []
            : model.ScoreNewcomers([.. attributes.Ids.Where(id => Array.BinarySearch(scored.Ids, id, StringComparer.Ordinal) < 0 && !erased.Contains(id))], attributes, scored.AsOf);

    /// <summary>The findings with what became of those customers.</summary>
    public static IReadOnlyList<Finding> Among(IReadOnlyList<Finding> findings, int newcomers, string? file) => newcomers == 0 ? findings :
    [
        .. findings.Where(finding => finding.Code != LeftOut),
        new Finding("newcomers", Severity.Information,
            string.Create(CultureInfo.InvariantCulture, $"{newcomers:N0} customer(s) with attributes have not bought yet; in {file} newcomers of the training data answer for them, named under cohort. Totals and the customer book leave them out."),
            "Nothing, if they never bought; otherwise check that both files write customer ids alike."),
    ];
}
