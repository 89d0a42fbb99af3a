using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>Says what the list of customers takes in its address: which columns there are to filter by is known only from the book.</summary>
internal sealed class CustomerFilters : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.OperationId != "list-customers")
            return Task.CompletedTask;
        operation.Parameters =
        [
            Of("search", "How ids begin.", new OpenApiSchema { Type = JsonSchemaType.String }),
            Of("sort", "A column, with a minus before it for the greatest first; the id unless given.", new OpenApiSchema { Type = JsonSchemaType.String }),
            Of("limit", "Customers of a page, 50 unless given.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "500" }),
            Of("after", "The next of the page before, with the same filters and sort.", new OpenApiSchema { Type = JsonSchemaType.String }),
            Of("filters", "Columns of text that must be equal, and bounds of numbers by min_ or max_ before a column.", new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String } }),
        ];
        return Task.CompletedTask;

        static OpenApiParameter Of(string name, string says, OpenApiSchema schema) => new() { Name = name, In = ParameterLocation.Query, Description = says, Schema = schema, Style = ParameterStyle.Form, Explode = true };
    }
}
