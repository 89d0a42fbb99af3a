using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Scoring;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Predictions;

/// <summary>Scores the customers of a call with the model that serves when the call begins.</summary>
internal sealed class Predictor(Champion champion, TimeProvider clock, IOptions<ServingOptions> options)
{
    /// <summary>From this many customers on a call may use all processors.</summary>
    private const int ManyCustomers = 1000;

    /// <summary>What one call may ask.</summary>
    public PredictionLimits Limits { get; } = options.Value.Predictions;

    /// <exception cref="ProblemException">No model serves, or the request makes no sense.</exception>
    public PredictionAnswer Predict(PredictionRequest request, CancellationToken cancellation)
    {
        ScoringModel model = champion.Required.Model;
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        DateOnly asOf = request.AsOf ?? today.AddDays(1);
        List<Transaction> transactions = PredictionCheck.ToTransactions(request, Limits, asOf, today, model.KnowsNewcomers);
        IReadOnlyList<CustomerHistory?> customers = request.Customers!;
        CustomerAttributes? attributes = Attributes(model, customers);
        ScoredCustomers? scored = null;
        if (transactions.Count > 0)
            scored = model.Score(TransactionLog.From(transactions), attributes, asOf, request.Reasons ?? 0, customers.Count < ManyCustomers ? 1 : Environment.ProcessorCount, cancellation);
        CustomerPrediction[] predictions = new CustomerPrediction[customers.Count];
        for (int i = 0; i < predictions.Length; i++)
            predictions[i] = customers[i] is { CustomerId: { } id, Transactions: { } history } && history.Count > 0
                ? scored![Array.BinarySearch(scored.Ids, id, StringComparer.Ordinal)]
                : model.ScoreNewcomers([customers[i]!.CustomerId!], attributes, asOf)[0];
        return new PredictionAnswer(model.Version, asOf, model.HorizonDays, predictions, Findings(model, customers, scored, attributes));
    }

    private static IReadOnlyList<Finding> Findings(ScoringModel model, IReadOnlyList<CustomerHistory?> customers, ScoredCustomers? scored, CustomerAttributes? attributes)
    {
        string[] absent = [.. model.Attributes.Columns.Select(column => column.Name).Where(name => !customers.Any(customer => customer!.Attributes?.ContainsKey(name) ?? false))];
        IReadOnlyList<Finding> found = scored?.Findings ?? attributes?.Findings ?? [];
        return absent.Length == 0 ? found : [.. found, new Finding("absent-attributes", Severity.Warning,
            $"No customer of this call has the attribute(s) {string.Join(", ", absent)}, which the model learnt from; they count as missing.", "Give them under attributes, by the names of the training file.")];
    }

    private static CustomerAttributes? Attributes(ScoringModel model, IReadOnlyList<CustomerHistory?> customers) =>
        model.Attributes.Columns.Count == 0 ? null : CustomerAttributes.From(model.Attributes, customers.Select(customer => (
            customer!.CustomerId!,
            (IReadOnlyDictionary<string, string>)(customer.Attributes?.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal) ?? []))));
}
