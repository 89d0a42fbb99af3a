
namespace CustomerValue.Serving.Requests;

/// <summary>Raw histories of customers for whom an action is wanted; the body of a recommendation call, and what decides.</summary>
internal sealed class DecisionRequest : RecommendationRequest
{
    /// <summary>Actions with costs and effects, the content of a playbook file. Default: the playbook of the version that serves.</summary>
    public PlaybookDocument? Playbook { get; init; }

    /// <summary>Name of an uplift model in the store, as <c>uplift train --name</c> keeps it: each customer's own effect takes the place of the playbook's for actions that its arms are named by. Default: none.</summary>
    /// <example>spring-mail</example>
    public string? Uplift { get; init; }

    /// <summary>Least gain after cost for a unit of money, 0 to 1000; what brings less is left. Default 0.</summary>
    /// <example>0.5</example>
    public double? LeastReturn { get; init; }
}
