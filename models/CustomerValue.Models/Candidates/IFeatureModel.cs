using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>A model whose churn probability follows from the features alone, by whatever arithmetic: it is explained by asking it.</summary>
public interface IFeatureModel : ICustomerModel
{
    /// <summary>A typical customer, a value a feature in the order of the schema: whom others are compared with when their churn is explained.</summary>
    IReadOnlyList<float> Typical { get; }

    /// <summary>The trees behind churn, whose contributions are exact; null where there are none.</summary>
    BoostedTarget? ChurnTrees { get; }

    /// <summary>Churn probability within the horizon that was learnt, a value a row.</summary>
    double[] ChurnOf(FeatureTable features);
}
