using CustomerValue.Serving.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>Says which calls may name themselves, so that one that is sent again makes nothing twice.</summary>
internal sealed class KeyParameters : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesKeyAttribute>().Any())
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = IdempotencyKeys.Header,
                In = ParameterLocation.Header,
                Description = $"Names this call, such as a UUID: sent again within {IdempotencyKeys.Kept.TotalHours} hours by the same caller, it is answered as the first time and makes nothing twice.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKeys.Longest },
            });
        return Task.CompletedTask;
    }
}
