using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Security;

/// <summary>Keeps pages of other sites from changing something through the browser of somebody who is let in by being on this machine: a key they cannot know, loopback they can reach.</summary>
internal static class OtherSites
{
    /// <summary>Refuses calls that a browser makes for a page of another origin (OWASP, Cross-Site Request Forgery Prevention: Fetch Metadata and Origin).</summary>
    public static RouteHandlerBuilder FromThisSiteAlone(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter((context, next) => IsForeign(context.HttpContext.Request) ? throw new ProblemException(AccessProblems.OtherSite) : next(context)).ProducesProblems(StatusCodes.Status403Forbidden);

    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority == request.Host.Value));
}
