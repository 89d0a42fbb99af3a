using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerValue.Serving.Pages.Api;

/// <summary>The calls that programs may make, read from this service's own description.</summary>
internal sealed class ApiCalls([FromKeyedServices("v1")] IOpenApiDocumentProvider description)
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ApiCall[]? _all;

    /// <summary>All of them, in the order of the description.</summary>
    public async Task<IReadOnlyList<ApiCall>> AllAsync(CancellationToken cancellation)
    {
        if (_all is null)
        {
            OpenApiDocument document = await description.GetOpenApiDocumentAsync(cancellation);
            _all = [.. document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => Of(path.Key, operation.Key.Method, operation.Value)))];
        }
        return _all;
    }

    private static OpenApiMediaType? BodyOf(OpenApiOperation operation, string type) => operation.RequestBody?.Content is { } bodies && bodies.TryGetValue(type, out OpenApiMediaType? body) ? body : null;

    private static ApiCall Of(string path, string method, OpenApiOperation operation)
    {
        OpenApiMediaType? json = BodyOf(operation, "application/json"), form = BodyOf(operation, "multipart/form-data");
        return new ApiCall
        {
            Id = operation.OperationId!,
            Group = operation.Tags?.FirstOrDefault()?.Name ?? "",
            Method = method,
            Path = path,
            Summary = operation.Summary ?? "",
            Description = operation.Description,
            Scope = operation.Security?.FirstOrDefault()?.Values.SelectMany(scopes => scopes).FirstOrDefault(),
            Statuses = [.. operation.Responses!.Keys.Order(StringComparer.Ordinal)],
            Fields =
            [
                .. operation.Parameters?.Select(parameter => new ApiField(parameter.Name!, parameter.In switch
                {
                    ParameterLocation.Path => "path",
                    ParameterLocation.Header => "header",
                    _ => parameter.Schema?.Type == JsonSchemaType.Object ? "more" : "query",
                }, parameter.Description ?? "", parameter.Required)) ?? [],
                .. form?.Schema?.Properties?.Where(member => member.Value.Format == "binary").Select(member => new ApiField(member.Key, ApiField.File, member.Value.Description ?? "", false)) ?? [],
            ],
            Body = json is null ? null : json.Example is { } example ? example.ToJsonString(s_readable) : new JsonObject().ToJsonString(),
        };
    }
}

/// <summary>A call that programs may make.</summary>
internal sealed record ApiCall
{
    /// <summary>Names it.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required string Group { get; init; }

    public required string Method { get; init; }

    /// <summary>Its address; parts in braces are fields.</summary>
    public required string Path { get; init; }

    public required string Summary { get; init; }

    public required string? Description { get; init; }

    /// <summary>The scope that a key must have; null where none is needed.</summary>
    public required string? Scope { get; init; }

    /// <summary>What it may be answered with.</summary>
    public required IReadOnlyList<string> Statuses { get; init; }

    public required IReadOnlyList<ApiField> Fields { get; init; }

    /// <summary>An example of its body; null where it has none.</summary>
    public required string? Body { get; init; }
}

/// <summary>What is filled in beside the body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it goes: path, query, more of the query, header, or a file of a form.</param>
/// <param name="Says">What it means.</param>
/// <param name="Required">Whether a call needs it.</param>
internal sealed record ApiField(string Name, string Place, string Says, bool Required)
{
    public const string File = "file";
}
