using CustomerValue.Serving.Answers;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>The description of this API at /openapi/v1.json.</summary>
internal static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddSchemaTransformer<PlainTypes>();
        options.AddOperationTransformer<Examples>();
        options.AddOperationTransformer<JobBodies>();
        options.AddOperationTransformer<CustomerFilters>();
        options.AddOperationTransformer<KeyParameters>();
        options.AddOperationTransformer<TagHeaders>();
        options.AddOperationTransformer<KeyDemands>();
        options.AddDocumentTransformer<KeyDemands>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            // Wherever this was read: the address that a call came by says nothing of others, and a committed document would differ from run to run.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Info.Title = "CustomerValue";
            document.Info.Version = "v1";
            document.Info.Description = "Predicts customers' churn, purchases, spend and lifetime value. Names are snake_case, days are ISO dates; every failure is RFC 9457 problem details.";
            foreach (OpenApiResponse response in document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Responses!.Values).OfType<OpenApiResponse>())
                response.Description = response.Content?.Values.FirstOrDefault()?.Schema?.Description ?? response.Description;
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/v1.json").AllowAnonymous().Tagged().WithMetadata(new OpenToCachesAttribute());
}
