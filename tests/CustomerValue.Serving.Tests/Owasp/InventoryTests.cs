using CustomerValue.CustomerBook.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API9: there are no routes beside those described, and no other versions.</summary>
public sealed class InventoryTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Fact]
    public async Task Every_route_of_the_interface_is_described()
    {
        string described = (await locked.AskAsync("GET", "/openapi/v1.json", null)).Json["paths"]!.ToJsonString();

        foreach (RouteEndpoint route in locked.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith('v')))
            described.Should().Contain($"\"/{route.RoutePattern.RawText!.Trim('/')}\"");
        foreach (string other in (string[])["/v0/models", "/v2/models", "/models", "/admin", "/swagger", "/metrics/all", "/v1/keys"])
            (await locked.AskAsync("GET", other, AccessScope.Admin)).ShouldBeProblem(404, "unknown-route");
    }
}
