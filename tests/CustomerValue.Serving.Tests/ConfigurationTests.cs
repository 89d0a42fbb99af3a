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
    public async Task Limits_follow_the_settings()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Predictions:MaxCustomers", "2"));
        string customers = string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""{"customer_id":"c{{i}}","transactions":[{"date":"2024-01-01","amount":1}]}"""));

        (await host.PostAsync("/v1/predictions", $$"""{"customers":[{{customers}}]}""")).ShouldBeProblem(413, "too-large");
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ServingOptions).Assembly.Location, "--urls=http://127.0.0.1:0", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors + await output);
    }
}
