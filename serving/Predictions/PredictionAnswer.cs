using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Versions;

namespace CustomerValue.Serving.Predictions;

/// <summary>Predictions of one model for all customers of a call.</summary>
/// <param name="ModelVersion">The version that answered; the same for every customer of the call.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="Predictions">One prediction a customer, in the order of the request.</param>
/// <param name="Findings">Doubts about the request that do not prevent an answer: names that the model does not know, columns or attributes that it learnt from and that are not given.</param>
internal sealed record PredictionAnswer(string ModelVersion, DateOnly AsOf, int HorizonDays, IReadOnlyList<CustomerPrediction> Predictions, IReadOnlyList<Finding> Findings);
