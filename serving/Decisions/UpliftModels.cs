using System.Collections.Concurrent;
using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Decisions;

/// <summary>The uplift models of the store that calls name. A name always means the same model, so each is read once.</summary>
internal sealed class UpliftModels(ModelStore store)
{
    private readonly UpliftShelf _shelf = new(store.Folder);
    private readonly ConcurrentDictionary<string, UpliftModel> _models = new(StringComparer.Ordinal);

    /// <summary>A playbook with each customer's own effects by a model.</summary>
    /// <exception cref="ProblemException">There is no such model, or it does not fit the playbook or what is known of customers here.</exception>
    public ActionPlaybook On(ActionPlaybook playbook, string name, DecisionCustomers customers)
    {
        try
        {
            UpliftModel model = _models.GetOrAdd(name, _shelf.Load);
            UpliftEffects.Check(playbook, model, name);
            BoostingData features = UpliftEffects.FeaturesOf(customers, model.Features) ?? throw new BadDataException(
                $"{name}: found a model that needs {string.Join(", ", model.Features.Select(feature => feature.Name))}, expected no columns but those that a call tells of customers, such as {string.Join(", ", DecisionCustomers.ScoredColumns.Skip(1).Take(4).Select(column => column.Name))}; decide by it at the command line with --uplift-table.");
            return playbook.With(model, model.Predict(features), customers, name);
        }
        catch (Exception error) when (error is BadDataException or ModelStoreException)
        {
            throw new ProblemException(Problems.Invalid(new Dictionary<string, string[]> { ["uplift"] = [StorePath.Hidden(error.Message, store)] }));
        }
    }
}
