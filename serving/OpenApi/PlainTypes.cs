using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using CustomerValue.Models.Evaluation;
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
        JsonSchemaType plain = Plain(type);
        if (plain == 0)
        {
            Complete(schema, context.JsonTypeInfo);
            if (IsDemanded(context) && schema.Type is { } both)
                schema.Type = both & ~JsonSchemaType.Null;
            return Task.CompletedTask;
        }
        bool nullable = !IsDemanded(context) && (type != declared || IsFigureOfTraining(context) || (context.JsonPropertyInfo is { } property && property.PropertyType == declared && property.IsGetNullable));
        schema.Type = nullable ? plain | JsonSchemaType.Null : plain;
        schema.Properties = null;
        return Task.CompletedTask;
    }

    /// <summary>A request may leave out what it need not hold; what it must hold is no null, though it is read as one that may be, to be named where it is missing.</summary>
    private static bool IsDemanded(OpenApiSchemaTransformerContext context) => context.JsonPropertyInfo?.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true;

    /// <summary>Figures on a holdout need not exist, as the correlation with a forecast that is the same for everyone: no number is written as null.</summary>
    private static bool IsFigureOfTraining(OpenApiSchemaTransformerContext context) => context.JsonPropertyInfo is { } member && member.PropertyType == typeof(double) && member.DeclaringType.Namespace == typeof(CandidateReport).Namespace;

    private static JsonSchemaType Plain(Type type) => type == typeof(string) || type == typeof(DateOnly) ? JsonSchemaType.String
        : type == typeof(int) ? JsonSchemaType.Integer
        : type == typeof(double) ? JsonSchemaType.Number
        : type == typeof(PlaybookDocument) ? JsonSchemaType.Object
        : type == typeof(AttributeText) ? JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean | JsonSchemaType.Null
        : 0;

    private static void Complete(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (schema.Enum is { Count: > 0 })
            schema.Type = JsonSchemaType.String;
        else if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
            schema.Items ??= Of(element);
        else if (type is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value })
            schema.AdditionalProperties = Of(value) ?? schema.AdditionalProperties;
        else
            schema.AdditionalPropertiesAllowed = true; // requests name unknown members among the findings; answers may gain some, and callers should not mind
    }

    /// <summary>What a converter writes as an element; null where the generator knows.</summary>
    private static OpenApiSchema? Of(Type type) => type == typeof(string[]) ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(typeof(string)) }
        : Plain(type) is not 0 and var plain ? new OpenApiSchema { Type = plain } : null;
}
