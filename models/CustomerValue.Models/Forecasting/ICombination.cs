namespace CustomerValue.Models.Forecasting;

/// <summary>A model made of others, which can answer from what they have said already.</summary>
internal interface ICombination : ICustomerModel
{
    /// <summary>The forecast that <see cref="ICustomerModel.Predict"/> gives, from the parts' own.</summary>
    /// <param name="said">What the parts say; only read.</param>
    Forecast Combine(Predictions said);
}
