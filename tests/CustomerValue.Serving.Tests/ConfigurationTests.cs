using System.Diagnostics;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

public sealed class ConfigurationTests(TrainedStore trained)
{
    [Fact]
    public async Task Wrong_settings_are_all_named_before_the_program_starts()
    {
        string file = Path.Combine(trained.Folder, "champion");

        (int code, string errors) = await RunAsync($"--Store={file}", "--CustomerBook=Colour=red", "--Predictions:MaxCustomers=0", "--Predictions:MaxBodyBytes=5");

        code.Should().Be(2);
        errors.Should().Contain($"{file} is a file, expected the folder of a model store")
            .And.Contain("CustomerBook: Customer book connection string: found neither a file nor a server")
            .And.Contain("MaxCustomers must be between 1 and 1000000")
            .And.Contain("MaxBodyBytes must be between 1024 and")
            .And.NotContain("   at ");
    }

    [Fact]
    public async Task A_setting_of_the_wrong_kind_is_named()
    {
        (int code, string errors) = await RunAsync("--Predictions:MaxCustomers=many");

        code.Should().Be(2);
        errors.Should().Contain("'many'").And.Contain("Predictions:MaxCustomers").And.NotContain("   at ");
    }

    [Fact]
    public async Task Settings_that_nobody_reads_are_named()
    {
        (int code, string errors) = await RunAsync([("CUSTOMER_VALUE_SERVING_Predictions__MaxCustomer", "5")], "--Stoer=x", "--Predictions:MaxBodybytes=5000", "--Logging:LogLevel:Default=Warning");

        code.Should().Be(2);
        errors.Should().Contain("Stoer: there is no such setting; did you mean Store?").And.Contain("Predictions:MaxCustomer: there is no such setting; did you mean Predictions:MaxCustomers?")
            .And.NotContain("MaxBodybytes").And.NotContain("Logging");
    }

    [Fact]
    public async Task The_environment_speaks_to_this_program_by_its_prefix_alone()
    {
        (int code, string errors) = await RunAsync([("STORE", "/nowhere"), ("PREDICTIONS__MAXCUSTOMERS", "0"), ("CUSTOMER_VALUE_SERVING_Predictions__MaxBodyBytes", "5")]);

        code.Should().Be(2);
        errors.Should().Contain("MaxBodyBytes must be between").And.NotContain("MaxCustomers").And.NotContain("nowhere");
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_a_line()
    {
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        (int code, string errors) = await RunAsync([], $"--urls=http://127.0.0.1:{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}", $"--Store={trained.Folder}");

        code.Should().Be(2);
        errors.Should().Contain("configuration: cannot listen:").And.Contain("in use").And.Contain("--urls");
        errors.Split('\n').Should().NotContain(line => line.StartsWith("   at ") || line.StartsWith("Unhandled"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1:0;http://*:0")]
    public async Task Without_a_key_an_address_that_others_can_reach_is_refused(string address)
    {
        (int code, string errors) = await RunAsync($"--urls={address}", $"--Store={trained.Folder}", $"--Work=Data Source={Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())}");

        code.Should().Be(2);
        errors.Should().ContainAll("configuration: found the address http://", "which others can reach, and neither key nor person", "keys add NAME", "--Access:BehindProxy=true");
    }

    [Fact]
    public async Task Limits_follow_the_settings()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Predictions:MaxCustomers", "2"));
        string customers = string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""{"customer_id":"c{{i}}","transactions":[{"date":"2024-01-01","amount":1}]}"""));

        (await host.PostAsync("/v1/predictions", $$"""{"customers":[{{customers}}]}""")).ShouldBeProblem(413, "too-large");
    }

    private static Task<(int Code, string Errors)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    private static async Task<(int Code, string Errors)> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        string[] address = Array.Exists(arguments, argument => argument.StartsWith("--urls")) ? [] : ["--urls=http://127.0.0.1:0"];
        ProcessStartInfo start = new("dotnet", [typeof(ServingOptions).Assembly.Location, .. address, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors + await output);
    }
}
