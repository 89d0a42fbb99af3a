namespace CustomerValue.Serving.OpenApi;

/// <summary>The description of this API at /openapi/v1.json.</summary>
internal static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "CustomerValue";
            document.Info.Description = "Predicts customers' churn, purchases, spend and lifetime value. Every failure is RFC 9457 problem details.";
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/v1.json");
}
