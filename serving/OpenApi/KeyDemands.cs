using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.OpenApi;

/// <summary>Says which calls want a key, in which of two headers, and the scope it must have.</summary>
internal sealed class KeyDemands : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string Bearer = "bearer", Header = "header";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key as Authorization: Bearer SECRET; customer-value keys add makes one. Where the service takes tokens (setting Jwt), a signed token (JWT) of its issuer in the same place does the same, as far as its scopes go. Neither is needed before there is a key, a person or an issuer." },
            [Header] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "The same key as X-Api-Key: SECRET." },
        };
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } scope && !metadata.OfType<IAllowAnonymous>().Any())
            operation.Security = [.. ((string[])[Bearer, Header]).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [scope] })];
        return Task.CompletedTask;
    }
}
