using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;

namespace CustomerValue.Serving.Telemetry;

/// <summary>Spans of calls: method, route and status alone. Addresses name customers, so whatever else is said of a call stays here.</summary>
internal sealed class PlainSpans : BaseProcessor<Activity>
{
    private const string Method = "http.request.method", Route = "http.route", Status = "http.response.status_code", NoRoute = "no route", OtherMethod = "_OTHER";
    private static readonly string[] s_kept = [Method, Route, Status, "error.type"];
    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options];

    /// <summary>Names the span of a call by its route.</summary>
    public static async Task NameAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
            {
                // A failure takes the endpoint away and leaves word of it.
                string route = ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;
                string method = s_methods.Contains(context.Request.Method) ? context.Request.Method : OtherMethod;
                span.DisplayName = $"{method} {route}";
                span.SetTag(Method, method).SetTag(Route, route).SetTag(Status, context.Response.StatusCode);
                if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                    span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }

    /// <summary>Takes away what the framework may say of a call beyond that.</summary>
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != ServiceMeter.Name)
            foreach (string tag in (string[])[.. data.TagObjects.Select(tag => tag.Key).Except(s_kept)])
                data.SetTag(tag, null);
    }
}
