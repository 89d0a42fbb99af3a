using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API1: whoever may not read customers does not learn either which there are.</summary>
public sealed class ObjectLevelAuthorizationTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Theory]
    [InlineData("anna")]
    [InlineData("no-such-customer")]
    [InlineData("..%2Fcustomers")]
    public async Task A_customer_is_refused_alike_whether_it_exists_or_not(string id)
    {
        (await locked.AskAsync("GET", $"/v1/customers/{id}", null)).ShouldBeProblem(401, "no-key");
        Answer refused = await locked.AskAsync("GET", $"/v1/customers/{id}", AccessScope.Predict);
        refused.ShouldBeProblem(403, "missing-scope");
        refused.Text.Should().NotContain(id);
    }
}
