using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Predictions;
using CustomerValue.Serving.Requests;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Recommendations;

/// <summary>Gives the customers of a call values and strategies by model and strategy of the version that serves when the call begins.</summary>
internal sealed class Recommender(Champion champion, AutomaticReturn trial, ScoreMeter meter, TimeProvider clock, IOptions<ServingOptions> options)
{
    internal const string NeverBought =
        "found none, expected at least one purchase: a customer who never bought has no value to place in a quadrant; leave the customer out, or ask /v1/predictions what newcomers do.";

    /// <summary>A doubt about a whole base; that the customers of one call returned nothing is none.</summary>
    private const string UnusedRates = "unused-rates";

    private readonly PredictionLimits _limits = options.Value.Predictions;

    /// <exception cref="ProblemException">No model serves, it carries no strategy, or the request makes no sense.</exception>
    public RecommendationAnswer Recommend(ReadOnlySpan<byte> body, CancellationToken cancellation)
    {
        ServedModel served = champion.Required;
        ScoringModel model = served.Model;
        StrategyOfVersion strategy = served.Strategy ?? throw new ProblemException(RecommendationProblems.NoStrategy(model.Version));
        CheckedCall call = CheckedCall.Of(body, CallForm.Recommendation, _limits, model, clock, NeverBought);
        StrategyResult result = Recommend(served, call, meter, trial, cancellation);
        Language language = LanguageCode.Read(call.Language);
        CustomerRecommendation[] recommendations = new CustomerRecommendation[call.Customers.Count];
        for (int i = 0; i < recommendations.Length; i++)
            recommendations[i] = CustomerRecommendation.Of(result, Array.BinarySearch(result.Strategies.Ids, call.Customers[i].Id, StringComparer.Ordinal), language);
        return new RecommendationAnswer(model.Version, call.AsOf, model.Horizon.Days, QuadrantLines.Of(strategy), recommendations, call.Findings(FindingsOf(result)));
    }

    /// <summary>Values and strategies of the customers of a call.</summary>
    internal static StrategyResult Recommend(ServedModel served, CheckedCall call, ScoreMeter meter, AutomaticReturn trial, CancellationToken cancellation)
    {
        try
        {
            StrategyResult result = Recommend(served, call, meter, cancellation);
            trial.Answered(served);
            return result;
        }
        catch (Exception error)
        {
            trial.Failed(served, error);
            throw;
        }
    }

    private static StrategyResult Recommend(ServedModel served, CheckedCall call, ScoreMeter meter, CancellationToken cancellation)
    {
        TransactionLog log = call.Log!; // nobody is let in who never bought
        Snapshot snapshot = served.Model.Snapshot(log, call.Attributes, call.AsOf, withOutcomes: false, CheckedCall.Threads, cancellation);
        ScoredCustomers scored = served.Model.Score(snapshot, call.Reasons, CheckedCall.Threads, cancellation);
        meter.Count(served, snapshot, scored);
        return served.Strategy!.Recommend(new StrategyPopulation(log, snapshot.Aggregates, scored, served.Model.Margins), StrategyEvidence.None, previous: null, CheckedCall.Threads, cancellation);
    }

    /// <summary>Doubts about the customers of a call.</summary>
    internal static IReadOnlyList<Finding> FindingsOf(StrategyResult result) => [.. result.Scored.Findings, .. result.Findings.Where(finding => finding.Code != UnusedRates)];
}
