using System.Net;
using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API2: nothing but the whole secret, in one of the two headers, is a key.</summary>
public sealed class AuthenticationTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Fact]
    public async Task What_is_near_a_secret_is_none()
    {
        string secret = locked.SecretOf(AccessScope.Admin);
        foreach (string near in (string[])[secret[..^1], secret + "A", secret.ToUpperInvariant(), KeySecret.PrefixOf(secret), KeySecret.HashOf(secret), "cv_", new string('x', 5000)])
            (await locked.AskAsync("POST", "/v1/predictions", null, LockedHost.Prediction, ("X-Api-Key", near))).ShouldBeProblem(401, "unknown-key");
        (await locked.AskAsync("POST", $"/v1/predictions?api_key={secret}", null, LockedHost.Prediction)).ShouldBeProblem(401, "no-key");
        (await locked.AskAsync("POST", "/v1/predictions", null, LockedHost.Prediction, ("Authorization", $"Basic {secret}"))).ShouldBeProblem(401, "no-key");
        (await locked.AskAsync("POST", "/v1/predictions", null, LockedHost.Prediction, ("Authorization", $"Bearer {secret}"))).Status.Should().Be(HttpStatusCode.OK);
    }
}
