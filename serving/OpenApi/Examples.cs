using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>One example for every request and every answer that says something.</summary>
internal sealed class Examples : IOpenApiOperationTransformer
{
    /// <summary>A call that any champion answers.</summary>
    internal const string PredictionRequest = """
        {
          "as_of": "2024-09-01",
          "reasons": 2,
          "customers": [
            {
              "customer_id": "C-1001",
              "transactions": [
                { "date": "2024-03-02", "amount": 24.9 },
                { "date": "2024-05-11", "amount": 61.5, "order_id": "O-77", "quantity": 2, "product": "P-9", "category": "tea", "channel": "web" },
                { "date": "2024-05-14", "amount": -30.75, "order_id": "O-77" }
              ],
              "attributes": { "region": "north", "age": 41 }
            }
          ]
        }
        """;

    private const string PredictionAnswer = """
        {
          "model_version": "20240901-031500-1f2e3d4c",
          "as_of": "2024-09-01",
          "horizon_days": 90,
          "predictions": [
            {
              "customer_id": "C-1001", "as_of": "2024-09-01", "horizon_days": 90,
              "churn_probability": 0.58, "probability_alive": 0.81, "expected_purchases": 0.74, "expected_spend": 29.4,
              "spend_p10": null, "spend_p50": null, "spend_p90": null, "lifetime_value": 162.8, "lifetime_value_p10": null, "lifetime_value_p90": null,
              "next_purchase": "2024-12-03", "overdue": 1.6, "cohort": null, "cohort_customers": null, "cohort_note": null,
              "model_version": "20240901-031500-1f2e3d4c",
              "reasons": [
                { "feature": "buying_rhythm", "value": 0.61, "contribution": 0.42, "text": "The rhythm of purchases alone puts the chance of no purchase at 61 %" },
                { "feature": "basket_mean", "value": 36.8, "contribution": -0.11, "text": "Spends 36.80 a time on average" },
                { "feature": "everything_else", "value": null, "contribution": 0.06, "text": "31 weaker reasons together" }
              ],
              "reasons_base": -0.05
            }
          ],
          "findings": []
        }
        """;

    /// <summary>A call that any champion with a strategy answers.</summary>
    internal const string RecommendationRequest = """
        {
          "as_of": "2024-09-01",
          "language": "en",
          "customers": [
            {
              "customer_id": "C-1001",
              "transactions": [
                { "date": "2024-03-02", "amount": 24.9 },
                { "date": "2024-05-11", "amount": 61.5, "order_id": "O-77", "category": "tea" }
              ]
            }
          ]
        }
        """;

    private const string RecommendationAnswer = """
        {
          "model_version": "20240901-031500-1f2e3d4c",
          "as_of": "2024-09-01",
          "horizon_days": 90,
          "lines": { "learnt_at": "2024-09-01", "axes": "money", "current": 48.2, "potential": 61 },
          "recommendations": [
            {
              "customer_id": "C-1001", "as_of": "2024-09-01", "realised_value": 25.92, "current_value": 39.4, "potential_value": 77.1, "potential_p10": 0, "potential_p90": 181.3,
              "influence_value": 0, "total_value": 103.02, "headroom": 41.8, "churn_probability": 0.58, "cost_to_serve": null,
              "current_index": 34.1, "potential_index": 58.7, "value_index": 44,
              "quadrant": "cultivate", "quadrant_name": "Cultivate", "quadrant_probability": 0.47,
              "retain_probability": 0.06, "develop_probability": 0.19, "maintain_probability": 0.28, "cultivate_probability": 0.47, "held": false,
              "stage": "slipping", "stage_name": "Slipping", "lateness": 1.4, "strategy": "cultivate", "strategy_name": "Cultivate",
              "service_level": "Good: advice and a helpful start", "channels": "E-mail, web, telephone where it helps", "budget_share": 0.2,
              "next_step": "Ask what they need and offer the next product or size",
              "reasons": ["Current value 39 a year is below the line of 48.", "Potential value 77 is at or above the line of 61."],
              "model_version": "20240901-031500-1f2e3d4c",
              "churn_reasons": []
            }
          ],
          "findings": []
        }
        """;

    /// <summary>A call that any champion with a playbook answers.</summary>
    internal const string DecisionRequest = """
        {
          "as_of": "2024-09-01",
          "language": "en",
          "least_return": 0.5,
          "customers": [
            {
              "customer_id": "C-1001",
              "transactions": [
                { "date": "2024-03-02", "amount": 24.9 },
                { "date": "2024-05-11", "amount": 61.5, "order_id": "O-77", "category": "tea" }
              ]
            }
          ]
        }
        """;

    private const string DecisionAnswer = """
        {
          "model_version": "20240901-031500-1f2e3d4c",
          "playbook_hash": "5c23b3c10b9ee0d1e74a0992704303e9bb023f2c61ebd3694d1cb8a23bdaec76",
          "as_of": "2024-09-01",
          "horizon_days": 90,
          "decisions": [
            {
              "customer_id": "C-1001", "as_of": "2024-09-01", "strategy": "cultivate", "stage": "slipping",
              "action": "replenishment-reminder", "action_name": "Reminder when it is time to buy again", "channel": "app", "service_level": "self-service",
              "date": "2024-12-03", "cost": 0.03, "expected_gain": 0.42, "gain_p10": -0.06, "gain_p90": 0.9,
              "reasons": ["Current value 39 a year is below the line of 48.", "Potential value 77 is at or above the line of 61."],
              "model_version": "20240901-031500-1f2e3d4c", "playbook_hash": "5c23b3c10b9ee0d1e74a0992704303e9bb023f2c61ebd3694d1cb8a23bdaec76"
            }
          ],
          "findings": []
        }
        """;

    private const string NoStrategy = """
        {
          "type": "urn:customer-value:problem:no-strategy",
          "title": "The version that serves carries no strategy.",
          "status": 409,
          "detail": "Version 20240901-031500-1f2e3d4c was trained before strategy travelled with versions, so it has no lines and no scorecard to recommend by. Train again and promote the new version; predictions are answered meanwhile."
        }
        """;

    private const string InvalidRequest = """
        {
          "type": "urn:customer-value:problem:invalid-request",
          "title": "The request cannot be answered as it is.",
          "status": 422,
          "detail": "customers[0].transactions[1].date: found 2024-09-01, expected a day before as_of 2024-09-01: a forecast knows nothing of its own future; leave the line out or ask with a later as_of.",
          "errors": {
            "customers[0].transactions[1].date": ["found 2024-09-01, expected a day before as_of 2024-09-01: a forecast knows nothing of its own future; leave the line out or ask with a later as_of."]
          }
        }
        """;

    private const string Customer = """
        {
          "model_version": "20240901-031500-1f2e3d4c",
          "as_of": "2024-09-01",
          "horizon_days": 90,
          "scored_at": "2024-09-01T03:16:02.118+00:00",
          "customer": {
            "customer_id": "C-1001", "churn_probability": 0.58, "probability_alive": 0.81, "expected_purchases": 0.74, "expected_spend": 29.4,
            "lifetime_value": 162.8, "next_purchase": "2024-12-03", "overdue": 1.6, "potential_value": 77.1, "quadrant": "cultivate", "stage": "slipping", "strategy": "cultivate",
            "churn_reasons": ["last bought 110 days ago"]
          }
        }
        """;

    private const string CustomerPage = """
        {
          "model_version": "20240901-031500-1f2e3d4c",
          "as_of": "2024-09-01",
          "horizon_days": 90,
          "scored_at": "2024-09-01T03:16:02.118+00:00",
          "customers": [
            { "customer_id": "C-1001", "churn_probability": 0.58, "lifetime_value": 162.8, "strategy": "cultivate" } ],
          "next": "MTYyLjgKQy0xMDAx"
        }
        """;

    /// <summary>A report that is taken.</summary>
    internal const string OutcomeReport = """
        {
          "transactions": [
            { "customer_id": "C-1001", "date": "2024-09-03", "amount": 24.9, "id": "O-81/1" },
            { "customer_id": "C-1001", "date": "2024-09-03", "amount": -4.9 }
          ]
        }
        """;

    private const string ReportAnswer = """
        { "received": 2, "added": 2, "known": 0, "erased": 0, "observed_from": "2024-09-03", "observed_through": "2024-09-03", "findings": [] }
        """;

    private const string Ready = """
        {
          "status": "ready",
          "champion": { "version": "20240901-031500-1f2e3d4c", "model": "bg-nbd", "created": "2024-09-01T03:15:00+00:00", "since": "2024-09-01T03:15:00.7+00:00" },
          "refused": null,
          "last_failure": null,
          "challenger": null
        }
        """;

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        switch (operation.OperationId)
        {
            case "predict":
                Set(operation.RequestBody?.Content, PredictionRequest);
                Set(operation.Responses?["200"].Content, PredictionAnswer);
                Set(operation.Responses?["422"].Content, InvalidRequest);
                break;
            case "recommend":
                Set(operation.RequestBody?.Content, RecommendationRequest);
                Set(operation.Responses?["200"].Content, RecommendationAnswer);
                Set(operation.Responses?["409"].Content, NoStrategy);
                Set(operation.Responses?["422"].Content, InvalidRequest);
                break;
            case "decide":
                Set(operation.RequestBody?.Content, DecisionRequest);
                Set(operation.Responses?["200"].Content, DecisionAnswer);
                Set(operation.Responses?["409"].Content, NoStrategy);
                Set(operation.Responses?["422"].Content, InvalidRequest);
                break;
            case "report-transactions":
                Set(operation.RequestBody?.Content, OutcomeReport);
                Set(operation.Responses?["200"].Content, ReportAnswer);
                break;
            case "get-customer":
                Set(operation.Responses?["200"].Content, Customer);
                break;
            case "list-customers":
                Set(operation.Responses?["200"].Content, CustomerPage);
                break;
            case "ready":
                Set(operation.Responses?["200"].Content, Ready);
                break;
        }
        return Task.CompletedTask;
    }

    private static void Set(IDictionary<string, OpenApiMediaType>? content, string json)
    {
        foreach (OpenApiMediaType media in content?.Values ?? [])
            media.Example = JsonNode.Parse(json);
    }
}
