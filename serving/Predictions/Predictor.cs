using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Predictions;

/// <summary>Scores the customers of a call with the model that serves when the call begins, or the challenger where it is to answer a customer alone.</summary>
internal sealed class Predictor(Champion champion, Challenger challenger, AutomaticReturn trial, ShadowLane shadow, ScoreMeter meter, TimeProvider clock, IOptions<ServingOptions> options)
{
    private const string TooFewNewcomers =
        "found none, and the model that serves saw too few newcomers to answer for customers who never bought; leave the customer out, or train on a longer history.";

    private readonly PredictionLimits _limits = options.Value.Predictions;

    /// <exception cref="ProblemException">No model serves, or the request makes no sense.</exception>
    public PredictionAnswer Predict(ReadOnlySpan<byte> body, CancellationToken cancellation)
    {
        ServedModel served = champion.Required;
        CheckedCall call = Check(body, served, _limits, clock);
        if (call.Customers.Count == 1 && challenger.ForCanary(call.Customers[0].Id) is { } canary && TryCanary(body, canary, cancellation) is { } tried)
        {
            shadow.Offer(body, tried, canary, served, isCanary: true);
            return tried;
        }
        PredictionAnswer answer;
        try
        {
            answer = Answer(call, served, meter, cancellation);
        }
        catch (Exception error)
        {
            trial.Failed(served, error);
            throw;
        }
        trial.Answered(served);
        if (challenger.ForShadow(call.Customers[0].Id) is { } other)
            shadow.Offer(body, answer, other, served, isCanary: false);
        return answer;
    }

    /// <summary>The challenger's answer, or null where it has none: then the champion answers, for nobody is to pay for a trial.</summary>
    private PredictionAnswer? TryCanary(ReadOnlySpan<byte> body, ServedModel canary, CancellationToken cancellation)
    {
        try
        {
            PredictionAnswer answer = Answer(Check(body, canary, _limits, clock), canary, meter, cancellation);
            trial.Answered(canary);
            return answer;
        }
        catch (Exception error) when (error is ProblemException || AutomaticReturn.IsFault(error))
        {
            trial.Failed(canary, error);
            return null;
        }
    }

    /// <summary>Reads a call for a version.</summary>
    internal static CheckedCall Check(ReadOnlySpan<byte> body, ServedModel served, PredictionLimits limits, TimeProvider clock) =>
        CheckedCall.Of(body, CallForm.Prediction, limits, served.Model, clock, served.Model.KnowsNewcomers ? null : TooFewNewcomers);

    /// <summary>What a version says of the customers of a call.</summary>
    /// <param name="call">The call, read for the version.</param>
    /// <param name="served">The version.</param>
    /// <param name="meter">Counts them; null where nobody is told.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static PredictionAnswer Answer(CheckedCall call, ServedModel served, ScoreMeter? meter, CancellationToken cancellation)
    {
        ScoringModel model = served.Model;
        ScoredCustomers? scored = null;
        if (call.Log is { } log)
        {
            Snapshot snapshot = model.Snapshot(log, call.Attributes, call.AsOf, withOutcomes: false, CheckedCall.Threads, cancellation);
            scored = model.Score(snapshot, meter is null ? 0 : call.Reasons, CheckedCall.Threads, cancellation);
            meter?.Count(served, snapshot, scored);
        }
        CustomerPrediction[] predictions = new CustomerPrediction[call.Customers.Count];
        for (int i = 0; i < predictions.Length; i++)
            predictions[i] = call.Customers[i] is { Count: > 0 } customer
                ? scored![Array.BinarySearch(scored.Ids, customer.Id, StringComparer.Ordinal)]
                : Newcomer(served, call, i, meter);
        return new PredictionAnswer(model.Version, call.AsOf, model.Horizon.Days, predictions, call.Findings(scored?.Findings ?? call.Attributes?.Findings ?? []));
    }

    private static CustomerPrediction Newcomer(ServedModel served, CheckedCall call, int customer, ScoreMeter? meter)
    {
        CustomerPrediction prediction = served.Model.ScoreNewcomers([call.Customers[customer].Id], call.Attributes, call.AsOf)[0];
        meter?.CountNewcomer(served, prediction);
        return prediction;
    }
}
