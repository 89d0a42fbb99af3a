using System.Net;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>What stands before every endpoint: which hosts are answered, which headers every answer bears.</summary>
public sealed class ProtectionTests(TrainedStore trained, SteadyHost steady) : IClassFixture<SteadyHost>
{
    private readonly ServingHost _host = steady.Host;

    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:5000", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5000", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]:80", true)]
    public async Task A_page_of_another_origin_does_not_reach_customers_by_rebinding_its_name(string name, bool answered)
    {
        foreach (string path in (string[])["/v1/customers/anna", "/health/live", "/openapi/v1.json", "/"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Host = name;
            Answer answer = await Answer.ReadAsync(await _host.Client.SendAsync(request));

            if (answered)
                answer.Status.Should().NotBe(HttpStatusCode.BadRequest, answer.Text);
            else
                answer.ShouldBeProblem(400, "unknown-host");
        }
    }

    [Fact]
    public async Task Names_below_a_listed_one_are_answered_where_the_setting_says_so()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("AllowedHosts", "*.shop.example; api.example"));

        foreach ((string name, int status) in new[] { ("value.shop.example", 200), ("shop.example", 400), ("evilshop.example", 400), ("api.example", 200), ("localhost", 400) })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/health/live");
            request.Headers.Host = name;
            ((int)(await host.Client.SendAsync(request)).StatusCode).Should().Be(status, name);
        }
    }

    [Theory]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/health/ready")]
    [InlineData("GET", "/v1/models")]
    [InlineData("GET", "/v1/customers/anna")]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/v1/predictions")]
    [InlineData("PUT", "/v1/predictions")]
    public async Task No_answer_is_kept_sniffed_framed_or_told_to_other_sites(string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        HttpResponseMessage answer = await _host.Client.SendAsync(request);

        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'none'");
        answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
        answer.Headers.Contains("Server").Should().BeFalse();
    }

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/v1/models", 200)]
    [InlineData("/v1/models/champion", 200)]
    [InlineData("/v1/customers/anna", 503)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/nothing", 404)]
    public async Task Head_is_answered_as_get_without_a_body(string path, int status)
    {
        using HttpRequestMessage request = new(HttpMethod.Head, path);
        HttpResponseMessage answer = await _host.Client.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
        answer.Content.Headers.ContentType!.MediaType.Should().StartWith("application/");
    }
}
