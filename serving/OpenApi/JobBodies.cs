using CustomerValue.Serving.Jobs;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>Says what calls that give a job bring: their bodies are read by hand, as files go straight to disk.</summary>
internal sealed class JobBodies : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.OperationId?.StartsWith(JobsApi.Give, StringComparison.Ordinal) != true)
            return Task.CompletedTask;
        JobOption[] options = [.. JobOption.Of(operation.OperationId[JobsApi.Give.Length..])];
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = Body(JobBody.File, "binary", "The transactions: text, workbook, JSON, Parquet or Arrow, packed or not.", "A second file with a row a customer."),
                ["application/json"] = Body(JobBody.PathField, null, $"The transactions: {JobPaths.Expected}.", "A second file with a row a customer, by its path."),
            },
        };
        return Task.CompletedTask;

        OpenApiMediaType Body(string field, string? format, string says, string second)
        {
            OpenApiSchema schema = new() { Type = JsonSchemaType.Object, Required = new HashSet<string> { field }, AdditionalPropertiesAllowed = false, Properties = new Dictionary<string, IOpenApiSchema>() };
            schema.Properties[field] = Text(says, format);
            schema.Properties[JobBody.Attributes] = Text(second, format);
            foreach (JobOption option in options)
                schema.Properties[option.Name] = option.IsRepeatable ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(option.Expected, null), Description = option.Says } : Text($"{option.Says} {char.ToUpperInvariant(option.Expected[0])}{option.Expected[1..]}.", null);
            return new OpenApiMediaType { Schema = schema };
        }

        static OpenApiSchema Text(string says, string? format) => new() { Type = JsonSchemaType.String, Format = format, Description = says };
    }
}
