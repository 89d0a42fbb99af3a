using CustomerValue.CustomerBook.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API5: each route opens to its own scope and to admin, and to no other.</summary>
public sealed class FunctionLevelAuthorizationTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Fact]
    public async Task Every_route_is_closed_to_every_other_scope()
    {
        RouteEndpoint[] routes = [.. locked.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal))];
        routes.Should().HaveCountGreaterThan(6);
        foreach (RouteEndpoint route in routes)
        {
            string demanded = route.Metadata.GetMetadata<IAuthorizeData>()!.Policy!, path = "/" + route.RoutePattern.RawText!.Trim('/').Replace("{id}", "anna", StringComparison.Ordinal);
            string method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            foreach (string scope in AccessScope.All)
            {
                int status = (int)(await locked.SendAsync(method, path, scope, method == "POST" ? "{}" : null)).StatusCode;
                if (scope == demanded || scope == AccessScope.Admin)
                    status.Should().NotBe(401).And.NotBe(403, "{0} opens to {1}", path, scope);
                else
                    status.Should().Be(403, "{0} is closed to {1}", path, scope);
            }
        }
    }
}
