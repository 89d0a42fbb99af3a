using CustomerValue.Serving.Json;
using CustomerValue.Serving.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>Says what the converters of this service read and write: the generator cannot look into them.</summary>
internal sealed class PlainTypes : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type declared = context.JsonTypeInfo.Type, type = Nullable.GetUnderlyingType(declared) ?? declared;
        JsonSchemaType plain = type == typeof(string) || type == typeof(DateOnly) ? JsonSchemaType.String
            : type == typeof(int) ? JsonSchemaType.Integer
            : type == typeof(double) ? JsonSchemaType.Number
            : type == typeof(PlaybookDocument) ? JsonSchemaType.Object
            : type == typeof(AttributeText) ? JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean | JsonSchemaType.Null
            : 0;
        if (plain == 0)
        {
            // Requests name unknown members among the findings; answers may gain some, and callers should not mind.
            schema.AdditionalPropertiesAllowed = true;
            return Task.CompletedTask;
        }
        bool nullable = type != declared || (context.JsonPropertyInfo is { } property && property.PropertyType == declared && property.IsGetNullable);
        schema.Type = nullable ? plain | JsonSchemaType.Null : plain;
        schema.Properties = null;
        return Task.CompletedTask;
    }
}
