using System.Text.Json;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Idempotency;

internal static class IdempotencySetup
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services.AddSingleton<IdempotencyKeys>();

    /// <summary>States that calls of a route may name themselves by a key; the route looks for it.</summary>
    public static RouteHandlerBuilder TakesKey(this RouteHandlerBuilder builder) => builder.WithMetadata(new TakesKeyAttribute()).ProducesProblems(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Answers calls without a body as the first one of their key was answered.</summary>
    public static RouteHandlerBuilder OncePerKey(this RouteHandlerBuilder builder) => builder.TakesKey().AddEndpointFilter(async (context, next) =>
    {
        HttpContext call = context.HttpContext;
        using IdempotencyKey? key = await call.RequestServices.GetRequiredService<IdempotencyKeys>().TakeAsync(call);
        if (key?.First is { } first)
        {
            call.Response.Headers[IdempotencyKeys.Replayed] = "true";
            return TypedResults.Text(IdempotencyKey.Again(first, ""), "application/json; charset=utf-8");
        }
        object? answer = await next(context);
        if (key is not null && answer is IValueHttpResult { Value: { } value })
            key.Keep("", JsonSerializer.Serialize(value, call.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(value.GetType())));
        return answer;
    });
}

/// <summary>Calls of the route may name themselves by a key.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesKeyAttribute : Attribute;
