using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Whatever comes in: a problem with the path of the field, never 500, never a stack trace.</summary>
public sealed class BadInputTests(SteadyHost steady) : IClassFixture<SteadyHost>
{
    private const string Predictions = "/v1/predictions", Recommendations = "/v1/recommendations";
    private readonly ServingHost _host = steady.Host;

    public static TheoryData<string, string, string> UnreadableBodies() => new()
    {
        { "", "$", "*" },
        { "{", "$", "*(line 1, byte 2)" },
        { "[]", "$", "*expected an object like*" },
        { "null", "$", "found null, expected an object*" },
        { "\"text\"", "$", "*expected an object like*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":NaN}]}]}""", "customers[0].transactions[0].amount", "*'N' is an invalid start of a value*line 1*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":-Infinity}]}]}""", "customers[0].transactions[0].amount", "*invalid*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":"NaN"}]}]}""", "customers[0].transactions[0].amount", "found \"NaN\", expected a finite number.*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":1e999}]}]}""", "customers[0].transactions[0].amount", "found 1e999, expected a finite number.*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":"12,50"}]}]}""", "customers[0].transactions[0].amount", "found \"12,50\", expected a finite number.*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":[1]}]}]}""", "customers[0].transactions[0].amount", "found an array, expected a finite number.*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"31/02/2024","amount":1}]}]}""", "customers[0].transactions[0].date", "found \"31/02/2024\", expected a date like 2024-02-28*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2023-02-29","amount":1}]}]}""", "customers[0].transactions[0].date", "found \"2023-02-29\", expected a date*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":20240101,"amount":1}]}]}""", "customers[0].transactions[0].date", "found 20240101, expected a date*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01T10:00:00","amount":1}]}]}""", "customers[0].transactions[0].date", "found \"2024-01-01T10:00:00\", expected a date*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"\ud8002024","amount":1}]}]}""", "customers[0].transactions[0].date", "found \"\\ud8002024\", expected a date*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":"\ud800"}]}]}""", "customers[0].transactions[0].amount", "found text that is not Unicode*" },
        { """{"as_of":"soon","customers":[]}""", "as_of", "found \"soon\", expected a date*" },
        { """{"customers":{}}""", "customers", "*expected an array of customers.*" },
        { """{"customers":["a"]}""", "customers[0]", "*expected an object with customer_id and transactions.*" },
        { """{"customers":[{"customer_id":7,"transactions":[]}]}""", "customers[0].customer_id", "found 7, expected text in quotes.*" },
        { """{"customers":[{"customer_id":"a","transactions":"none"}]}""", "customers[0].transactions", "*expected an array of transactions.*" },
        { """{"customers":[{"customer_id":"a","transactions":[1]}]}""", "customers[0].transactions[0]", "*expected an object with date and amount.*" },
        { """{"customers":[{"customer_id":"a","transactions":[],"attributes":[]}]}""", "customers[0].attributes", "*expected an object of names and values.*" },
        { """{"customers":[{"customer_id":"a","transactions":[],"attributes":{"age":{}}}]}""", "customers[0].attributes.age", "found an object, expected text, a number, true, false or null.*" },
        { """{"customers":[],"as_of":"2024-01-01","as_of":"2024-01-02"}""", "as_of", "found the member twice, expected it once.*" },
        { """{"customers":[{"customer_id":"\ud800","transactions":[]}]}""", "customers[0].customer_id", "found text that is not Unicode*" },
        { """{"customers":[] /* none */}""", "$", "*" },
        { new string('[', 5000), "$", "*" },
    };

    [Theory]
    [MemberData(nameof(UnreadableBodies))]
    public async Task A_body_that_cannot_be_read_names_the_place(string body, string path, string message)
    {
        foreach (string call in (string[])[Predictions, Recommendations])
        {
            JsonObject errors = (await _host.PostAsync(call, body)).ShouldBeProblem(400, "malformed-request");

            errors.Should().ContainSingle().Which.Key.Should().Be(path);
            errors[path]![0]!.GetValue<string>().Should().Match(message).And.NotContain("System.").And.NotContain("$");
        }
    }

    public static TheoryData<string, string, string> SenselessBodies() => new()
    {
        { "{}", "customers", "found none, expected at least one customer." },
        { """{"customers":null}""", "customers", "found none*" },
        { """{"customers":[]}""", "customers", "found none*" },
        { """{"customers":[null]}""", "customers[0]", "found null, expected an object*" },
        { """{"customers":[{}]}""", "customers[0].customer_id", "found nothing, expected the customer's id." },
        { """{"customers":[{}]}""", "customers[0].transactions", "found nothing, expected the customer's purchases before as_of." },
        { """{"customers":[{"customer_id":"","transactions":[{"date":"2024-01-01","amount":1}]}]}""", "customers[0].customer_id", "found nothing*" },
        { """{"customers":[{"customer_id":"a","transactions":[null]}]}""", "customers[0].transactions[0]", "found null*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"amount":1}]}]}""", "customers[0].transactions[0].date", "found nothing, expected a date*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01"}]}]}""", "customers[0].transactions[0].amount", "found nothing, expected a number." },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":1e13}]}]}""", "customers[0].transactions[0].amount", "found 10000000000000, expected a number from -1000000000000 to 1000000000000." },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":1,"quantity":-2}]}]}""", "customers[0].transactions[0].quantity", "found -2, expected a number from 0 to*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":1,"discount":-2}]}]}""", "customers[0].transactions[0].discount", "found -2*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":-5}]}]}""", "customers[0].transactions", "found returns and no purchase before as_of*" },
        { """{"reasons":21,"customers":[{"customer_id":"a","transactions":[]}]}""", "reasons", "found 21, expected a whole number from 0 to 20." },
        { """{"reasons":-1,"customers":[{"customer_id":"a","transactions":[]}]}""", "reasons", "found -1, expected a whole number from 0 to 20." },
        { """{"as_of":"2024-06-01","customers":[{"customer_id":"a","transactions":[{"date":"2024-05-31","amount":5},{"date":"2024-06-01","amount":5}]}]}""", "customers[0].transactions[1].date", "found 2024-06-01, expected a day before as_of 2024-06-01*" },
        { """{"as_of":"2024-06-01","customers":[{"customer_id":"a","transactions":[{"date":"2024-05-31","amount":5},{"date":"2024-05-30","amount":5}]}]}""", "customers[0].transactions[1].date", "found 2024-05-30 after 2024-05-31, expected transactions oldest first*" },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"0001-01-01","amount":5}]}]}""", "customers[0].transactions[0].date", "found 0001-01-01, expected a day from 1900-01-01 on." },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"9999-12-31","amount":5}]}]}""", "customers[0].transactions[0].date", "found 9999-12-31, expected a day before as_of*" },
        { """{"as_of":"9999-12-31","customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":5}]}]}""", "as_of", "found 9999-12-31, expected at most tomorrow*" },
        { """{"as_of":"1900-01-01","customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":5}]}]}""", "as_of", "found 1900-01-01, expected a day after 1900-01-01." },
        { """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":5}]},{"customer_id":"b","transactions":[{"date":"2024-01-01","amount":5}]},{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":5}]}]}""", "customers[2].customer_id", "found 'a' again, expected each customer once; customers[0] is the same." },
    };

    [Theory]
    [MemberData(nameof(SenselessBodies))]
    public async Task A_readable_body_that_makes_no_sense_names_the_field(string body, string path, string message)
    {
        foreach (string call in (string[])[Predictions, Recommendations])
        {
            JsonObject errors = (await _host.PostAsync(call, body)).ShouldBeProblem(422, "invalid-request");

            errors.Select(error => error.Key).Should().Contain(path);
            errors[path]![0]!.GetValue<string>().Should().Match(message);
        }
    }

    [Fact]
    public async Task Many_errors_come_together_and_not_without_end()
    {
        string customers = string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"customer_id":"{{i}}","transactions":[{"date":"2024-01-01","amount":1e15}]}"""));

        JsonObject errors = (await _host.PostAsync(Predictions, $$"""{"customers":[{{customers}}]}""")).ShouldBeProblem(422, "invalid-request");

        errors.Should().HaveCount(100);
    }

    [Fact]
    public async Task More_channels_than_a_log_tells_apart_are_refused()
    {
        string customers = string.Join(',', Enumerable.Range(0, 300).Select(i => $$"""{"customer_id":"{{i}}","transactions":[{"date":"2024-01-01","amount":1,"channel":"{{i}}"}]}"""));

        JsonObject errors = (await _host.PostAsync(Predictions, $$"""{"customers":[{{customers}}]}""")).ShouldBeProblem(422, "invalid-request");

        errors.Should().ContainSingle().Which.Key.Should().Be("customers[254].transactions[0].channel");
    }

    [Fact]
    public async Task A_hundred_thousand_customers_in_one_call_are_too_many()
    {
        string customers = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $$"""{"customer_id":"c{{i}}","transactions":[{"date":"2024-01-01","amount":1}]}"""));

        JsonObject errors = (await _host.PostAsync(Predictions, $$"""{"customers":[{{customers}}]}""")).ShouldBeProblem(413, "too-large");

        errors["customers"]![0]!.GetValue<string>().Should().Be("found more than 10000 customers, expected at most as many; split the call, or raise Predictions:MaxCustomers.");
    }

    [Fact]
    public async Task Too_many_transactions_of_one_customer_and_too_many_bytes_are_too_large()
    {
        string lines = string.Join(',', Enumerable.Repeat("""{"date":"2024-01-01","amount":1}""", 51));
        JsonObject errors = (await _host.PostAsync(Predictions, $$"""{"customers":[{"customer_id":"a","transactions":[{{lines}}]}]}""")).ShouldBeProblem(413, "too-large");
        errors["customers[0].transactions"]![0]!.GetValue<string>().Should().StartWith("found more than 50 transactions, expected at most as many;");

        using HttpRequestMessage request = new(HttpMethod.Post, Predictions) { Content = new StringContent(new string(' ', 17_000_000), Encoding.UTF8, "application/json") };
        request.Headers.ExpectContinue = true;
        (await Answer.ReadAsync(await _host.Client.SendAsync(request))).ShouldBeProblem(413, "too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/csv; charset=utf-8")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=nonsense")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task A_body_of_another_kind_is_not_read(string? contentType)
    {
        using ByteArrayContent content = new("""{"customers":[]}"""u8.ToArray());
        if (contentType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        (await Answer.ReadAsync(await _host.Client.PostAsync(new Uri(Predictions, UriKind.Relative), content))).ShouldBeProblem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_malformed()
    {
        using ByteArrayContent content = new([.. "{\"customers\":[{\"customer_id\":\""u8, 0xC3, 0x28, .. "\",\"transactions\":[]}]}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await Answer.ReadAsync(await _host.Client.PostAsync(new Uri(Predictions, UriKind.Relative), content))).ShouldBeProblem(400, "malformed-request");
    }

    [Theory]
    [InlineData("GET", "/v2/predictions", 404, "unknown-route")]
    [InlineData("GET", "/v1/customer", 404, "unknown-route")]
    [InlineData("GET", "/v1/models/nothing", 404, "unknown-route")]
    [InlineData("GET", "/openapi/v2.json", 404, "unknown-route")]
    [InlineData("GET", "/v1/predictions", 405, "wrong-method")]
    [InlineData("GET", "/v1/recommendations", 405, "wrong-method")]
    [InlineData("GET", "/v1/decisions", 405, "wrong-method")]
    [InlineData("DELETE", "/v1/customers/anna", 405, "wrong-method")]
    [InlineData("POST", "/v1/models", 405, "wrong-method")]
    [InlineData("PUT", "/health/ready", 405, "wrong-method")]
    public async Task An_unknown_route_and_a_wrong_method_are_problems(string method, string path, int status, string kind)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd("text/html");

        Answer answer = await Answer.ReadAsync(await _host.Client.SendAsync(request));

        answer.ShouldBeProblem(status, kind);
    }

    [Fact]
    public async Task Half_a_body_and_a_caller_who_leaves_do_no_harm()
    {
        int before = _host.Log.Count;
        for (int i = 0; i < 5; i++)
        {
            using TcpClient caller = new();
            await caller.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port);
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/predictions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"customers\":["));
        }

        (await _host.GetAsync("/health/live")).Status.Should().Be(System.Net.HttpStatusCode.OK);
        _host.Log.Skip(before).Should().NotContain(line => line.StartsWith("Error") || line.StartsWith("Critical"));
    }
}
