using CustomerValue.Data.Attributes;
using CustomerValue.Models.Intervals;

namespace CustomerValue.Models.Versions;

/// <summary>What customers of the training data did within the horizon after the day of their first purchase: all that can be said of someone who never bought.</summary>
/// <param name="All">All of them together.</param>
/// <param name="Attribute">The categorical attribute that tells newcomers apart best; null where none does.</param>
/// <param name="Levels">A cohort for each of its levels, in the order of their codes, drawn towards all of them; empty where there is no attribute.</param>
/// <param name="Spend">How outcomes spread around a cohort's expectation.</param>
internal sealed record NewcomerTable(NewcomerCohort All, string? Attribute, IReadOnlyList<NewcomerCohort> Levels, GroupQuantiles Spend)
{
    /// <summary>The cohort of a customer: by the attribute where it is known and was seen in training, else all.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="attributes">Attributes read by the model's schema, or null.</param>
    public NewcomerCohort Find(string customerId, CustomerAttributes? attributes)
    {
        if (Attribute is null || attributes is null || attributes.Schema.Find(Attribute) is not (>= 0 and int column) || attributes.Find(customerId) is not (>= 0 and int row))
            return All;
        double level = attributes.Column(column)[row];
        return level >= 0 && level < Levels.Count && Levels[(int)level].Customers > 0 ? Levels[(int)level] : All;
    }
}

/// <summary>Newcomers who were alike.</summary>
/// <param name="Name">Which ones: <c>all newcomers</c>, or an attribute and its level.</param>
/// <param name="Customers">How many were seen; 0 where a model answers that saw none.</param>
/// <param name="ChurnProbability">Probability of no purchase within the horizon after the day of the first one.</param>
/// <param name="ExpectedPurchases">Expected purchase days in that time; the first purchase is not among them.</param>
/// <param name="ExpectedSpend">Expected money in that time, net of returns.</param>
internal sealed record NewcomerCohort(string Name, int Customers, double ChurnProbability, double ExpectedPurchases, double ExpectedSpend);
