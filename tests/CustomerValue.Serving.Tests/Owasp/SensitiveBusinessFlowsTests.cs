using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API6: the whole book leaves only by the scope for it, and lists go a page at a time.</summary>
public sealed class SensitiveBusinessFlowsTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Theory]
    [InlineData("/customers/export")]
    [InlineData("/contacts/export")]
    [InlineData("/decide/plan.csv")]
    [InlineData("/contacts/sheets")]
    public async Task Files_with_many_customers_demand_export(string path)
    {
        Answer refused = await locked.AskAsync("GET", path, AccessScope.Read);

        refused.ShouldBeProblem(403, "missing-scope");
        refused.Text.Should().Contain("scope export");
        ((int)(await locked.SendAsync("GET", path, AccessScope.Export)).StatusCode).Should().NotBe(401).And.NotBe(403);
    }

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/segments")]
    [InlineData("/customer?id=anna")]
    [InlineData("/campaigns/new")]
    public async Task What_changes_something_demands_campaign(string path) =>
        (await locked.AskAsync("POST", path, AccessScope.Read, "{}")).ShouldBeProblem(403, "missing-scope");
}
