namespace CustomerValue.Models.Forecasting;

/// <summary>The money that counts as one where a learner's constants (least leaf weights, regularisation, least amounts) meet amounts, so that the currency chooses nothing.</summary>
internal static class MoneyUnit
{
    /// <summary>Units of an average purchase day: the size of purchases (Online Retail II) with which the trees' constants were chosen.</summary>
    private const double APurchase = 400;

    /// <summary>The unit of a base by its prior's average purchase; 1 where it has none.</summary>
    public static double Of(IPriorModel prior) => prior.ExpectedRepeatSpend(0, 0) / APurchase is > 0 and < double.PositiveInfinity and double unit ? unit : 1;
}
