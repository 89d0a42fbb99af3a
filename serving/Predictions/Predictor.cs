using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Predictions;

/// <summary>Scores the customers of a call with the model that serves when the call begins.</summary>
internal sealed class Predictor(Champion champion, ScoreMeter meter, TimeProvider clock, IOptions<ServingOptions> options)
{
    private const string TooFewNewcomers =
        "found none, and the model that serves saw too few newcomers to answer for customers who never bought; leave the customer out, or train on a longer history.";

    private readonly PredictionLimits _limits = options.Value.Predictions;

    /// <exception cref="ProblemException">No model serves, or the request makes no sense.</exception>
    public PredictionAnswer Predict(ReadOnlySpan<byte> body, CancellationToken cancellation)
    {
        ServedModel served = champion.Required;
        ScoringModel model = served.Model;
        CheckedCall call = CheckedCall.Of(body, CallForm.Prediction, _limits, model, clock, model.KnowsNewcomers ? null : TooFewNewcomers);
        ScoredCustomers? scored = null;
        if (call.Log is { } log)
        {
            Snapshot snapshot = model.Snapshot(log, call.Attributes, call.AsOf, withOutcomes: false, CheckedCall.Threads, cancellation);
            scored = model.Score(snapshot, call.Reasons, CheckedCall.Threads, cancellation);
            meter.Count(served, snapshot, scored);
        }
        CustomerPrediction[] predictions = new CustomerPrediction[call.Customers.Count];
        for (int i = 0; i < predictions.Length; i++)
            predictions[i] = call.Customers[i] is { Count: > 0 } customer
                ? scored![Array.BinarySearch(scored.Ids, customer.Id, StringComparer.Ordinal)]
                : Newcomer(served, call, i);
        return new PredictionAnswer(model.Version, call.AsOf, model.Horizon.Days, predictions, call.Findings(scored?.Findings ?? call.Attributes?.Findings ?? []));
    }

    private CustomerPrediction Newcomer(ServedModel served, CheckedCall call, int customer)
    {
        CustomerPrediction prediction = served.Model.ScoreNewcomers([call.Customers[customer].Id], call.Attributes, call.AsOf)[0];
        meter.CountNewcomer(served, prediction);
        return prediction;
    }
}
