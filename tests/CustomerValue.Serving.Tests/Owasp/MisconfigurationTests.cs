using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API8: refusals bear the headers of all answers; no other origin is let in; nothing of the inside is told.</summary>
public sealed class MisconfigurationTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Theory]
    [InlineData("GET", "/v1/models", null, 401)]
    [InlineData("GET", "/v1/models", AccessScope.Predict, 403)]
    [InlineData("TRACE", "/v1/models", AccessScope.Admin, 405)]
    [InlineData("OPTIONS", "/v1/models", AccessScope.Admin, 405)]
    public async Task Refusals_are_as_closed_as_answers(string method, string path, string? scope, int status)
    {
        HttpResponseMessage answer = await locked.SendAsync(method, path, scope, null, ("Origin", "http://evil.example"), ("Access-Control-Request-Method", "POST"));

        ((int)answer.StatusCode).Should().Be(status);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.Should().NotContain(header => header.Key.StartsWith("Access-Control") || header.Key == "Server" || header.Key == "X-Powered-By");
    }
}
