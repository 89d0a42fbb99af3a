using CustomerValue.Serving.Answers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>Says which answers carry a tag, and that who knows it is told in a few bytes that nothing changed.</summary>
internal sealed class TagHeaders : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<TaggedAttribute>().Any() || operation.Responses?["200"] is not OpenApiResponse answer)
            return Task.CompletedTask;
        answer.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = new OpenApiHeader { Description = "Names what the answer holds; another where that changed.", Schema = Text } };
        operation.Responses["304"] = new OpenApiResponse { Description = "The answer is what it was when it had the tag." };
        (operation.Parameters ??= []).Add(new OpenApiParameter { Name = "If-None-Match", In = ParameterLocation.Header, Description = "Tags of answers that the caller has.", Schema = Text });
        return Task.CompletedTask;
    }

    private static OpenApiSchema Text => new() { Type = JsonSchemaType.String };
}
