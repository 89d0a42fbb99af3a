using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Predictions;
using CustomerValue.Serving.Recommendations;
using CustomerValue.Serving.Requests;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Decisions;

/// <summary>Gives every customer of a call the action of most expected gain. A call knows no budget and no one else's claims: limits are the business of <c>decide</c> over the whole base.</summary>
internal sealed class DecisionMaker(Champion champion, UpliftModels uplift, AutomaticReturn trial, ScoreMeter meter, TimeProvider clock, IOptions<ServingOptions> options)
{
    private readonly PredictionLimits _limits = options.Value.Predictions;

    /// <exception cref="ProblemException">No model serves, it carries no strategy or playbook, or the request makes no sense.</exception>
    public DecisionAnswer Decide(ReadOnlySpan<byte> body, CancellationToken cancellation)
    {
        ServedModel served = champion.Required;
        ScoringModel model = served.Model;
        DecisionsOfVersion own = served.Strategy is null ? throw new ProblemException(RecommendationProblems.NoStrategy(model.Version))
            : served.Decisions ?? throw new ProblemException(DecisionProblems.NoPlaybook(model.Version));
        CheckedCall call = CheckedCall.Of(body, CallForm.Decision, _limits, model, clock, Recommender.NeverBought);
        ActionPlaybook playbook = call.Playbook is { } given ? Read(given) : own.Playbook;
        StrategyResult result = Recommender.Recommend(served, call, meter, trial, cancellation);
        DecisionCustomers customers = DecisionCustomers.From(result);
        if (call.Uplift is { } named)
            playbook = uplift.On(playbook, named, customers);
        GainModel gains = new(customers, own.NewCustomerValue);
        int[] actions = FreeChoice.Of(customers, playbook, gains, call.LeastReturn, CheckedCall.Threads, cancellation);
        Language language = LanguageCode.Read(call.Language);
        CustomerDecision[] decisions = new CustomerDecision[call.Customers.Count];
        for (int i = 0; i < decisions.Length; i++)
        {
            int row = Array.BinarySearch(customers.Ids, call.Customers[i].Id, StringComparer.Ordinal);
            decisions[i] = CustomerDecision.Of(customers, result.Strategies, playbook, gains, row, actions[row], language);
        }
        return new DecisionAnswer(model.Version, playbook.Hash, call.AsOf, model.Horizon.Days, decisions, call.Findings(Recommender.FindingsOf(result)));
    }

    private static ActionPlaybook Read(byte[] given)
    {
        try
        {
            return PlaybookReader.Parse(given, "playbook", DecisionCustomers.ScoredColumns);
        }
        catch (BadDataException error)
        {
            throw new ProblemException(Problems.Invalid(new Dictionary<string, string[]> { ["playbook"] = [error.Message] }));
        }
    }
}
