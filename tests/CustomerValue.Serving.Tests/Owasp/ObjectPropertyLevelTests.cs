using System.Net;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API3: members that callers may not set change nothing, and what is inside does not come out.</summary>
public sealed class ObjectPropertyLevelTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Fact]
    public async Task Answers_cannot_be_assigned_by_sending_them()
    {
        string assigned = LockedHost.Prediction.Replace("\"transactions\"", "\"churn_probability\":0,\"lifetime_value\":1e9,\"scopes\":\"admin\",\"transactions\"", StringComparison.Ordinal);
        Answer plain = await locked.AskAsync("POST", "/v1/predictions", AccessScope.Predict, LockedHost.Prediction), tried = await locked.AskAsync("POST", "/v1/predictions", AccessScope.Predict, assigned);

        plain.Status.Should().Be(HttpStatusCode.OK);
        if (tried.Status == HttpStatusCode.OK)
            tried.Json["predictions"]!.ToJsonString().Should().Be(plain.Json["predictions"]!.ToJsonString());
        else
            tried.ShouldBeProblem(422, "invalid-request");
        plain.Text.Should().NotContain("scopes").And.NotContain(locked.SecretOf(AccessScope.Predict));
    }
}
