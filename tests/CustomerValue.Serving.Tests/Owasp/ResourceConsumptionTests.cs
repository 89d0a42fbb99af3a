using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API4: what one call and one key may cost is limited.</summary>
public sealed class ResourceConsumptionTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Fact]
    public async Task Calls_larger_than_allowed_are_refused()
    {
        string many = string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"customer_id":"c{{i}}","transactions":[{"date":"2024-01-01","amount":1}]}"""));

        (await locked.AskAsync("POST", "/v1/predictions", AccessScope.Predict, $$"""{"customers":[{{many}}]}""")).ShouldBeProblem(413, "too-large");
    }

    [Fact]
    public async Task A_body_is_not_read_for_who_may_not_call()
    {
        (await locked.AskAsync("POST", "/v1/predictions", null, "{" + new string(' ', 1 << 20))).ShouldBeProblem(401, "no-key");
        (await locked.AskAsync("POST", "/v1/predictions", AccessScope.Read, "no json at all")).ShouldBeProblem(403, "missing-scope");
    }
}
