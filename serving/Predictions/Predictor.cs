using CustomerValue.Data.Attributes;
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
        List<Transaction> transactions = PredictionCheck.ToTransactions(request, Limits, asOf, today);
        IReadOnlyList<CustomerHistory?> customers = request.Customers!;
        int threads = customers.Count < ManyCustomers ? 1 : Environment.ProcessorCount;
        ScoredCustomers scored = model.Score(TransactionLog.From(transactions), Attributes(model, customers), asOf, threads, cancellation);
        return new PredictionAnswer(scored.ModelVersion, scored.AsOf, scored.HorizonDays, InRequestOrder(customers, scored));
    }

    private static CustomerAttributes? Attributes(ScoringModel model, IReadOnlyList<CustomerHistory?> customers) =>
        model.Attributes.Columns.Count == 0 ? null : CustomerAttributes.From(model.Attributes, customers.Select(customer => (
            customer!.CustomerId!,
            (IReadOnlyDictionary<string, string>)(customer.Attributes?.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal) ?? []))));

    private static CustomerPrediction[] InRequestOrder(IReadOnlyList<CustomerHistory?> customers, ScoredCustomers scored)
    {
        if (scored.Count != customers.Count)
            throw new InvalidOperationException($"{customers.Count} customers with purchases were given, but {scored.Count} were scored.");
        CustomerPrediction[] predictions = new CustomerPrediction[customers.Count];
        for (int i = 0; i < predictions.Length; i++)
            predictions[i] = scored[Array.BinarySearch(scored.Ids, customers[i]!.CustomerId!, StringComparer.Ordinal)];
        return predictions;
    }
}
