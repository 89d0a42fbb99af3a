using System.Diagnostics;
using System.Text.RegularExpressions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed partial class FitPlotTests : IDisposable
{
    private const int Plots = 4;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_page_has_four_plots_and_asks_for_nothing()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("fit", "--model", "bg-nbd", "--transactions", "orders.csv", "--cutoff", "2024-06-01", "--plot", "plots/fit.html", "--json");
        run.Json["plot"]!.GetValue<string>().Should().Be("plots/fit.html");
        string page = await File.ReadAllTextAsync(_workspace.PathOf("plots", "fit.html"));
        Plot().Matches(page).Should().HaveCount(Plots).And.OnlyContain(plot => plot.Value.Contains("class=\"line", StringComparison.Ordinal) || plot.Value.Contains("class=\"column", StringComparison.Ordinal));
        page.Should().NotContain("<script").And.NotContain("http://").And.NotContain("https://").And.NotContain("NaN").And.NotContain("∞");
    }

    [Fact]
    public async Task A_chosen_customer_is_drawn_and_an_unknown_one_refused()
    {
        _workspace.WriteTransactions();
        string[] fit = ["fit", "--model", "nbd", "--transactions", "orders.csv", "--plot", "fit.html"];
        await _workspace.SucceedAsync([.. fit, "--customer", "K007"]);
        (await File.ReadAllTextAsync(_workspace.PathOf("fit.html"))).Should().Contain("P(alive) of customer K007");
        Run unknown = await _workspace.RunAsync([.. fit, "--customer", "nobody"]);
        unknown.ExitCode.Should().Be(ExitCode.Usage);
        unknown.Message.Should().Contain("'nobody'").And.Contain("K000");
        (await _workspace.RunAsync("fit", "--transactions", "orders.csv", "--customer", "K007")).ExitCode.Should().Be(ExitCode.Usage);
    }

    [Fact]
    public async Task The_browser_draws_the_page_without_complaint()
    {
        string browser = Chromium.Program();
        _workspace.WriteTransactions();
        await _workspace.SucceedAsync("fit", "--model", "pareto-nbd", "--transactions", "orders.csv", "--plot", "fit.html");
        ProcessStartInfo start = new(browser, ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", $"--user-data-dir={_workspace.PathOf("profile")}", "--dump-dom", new Uri(_workspace.PathOf("fit.html")).AbsoluteUri])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> dom = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await complaints).Should().NotContain("CONSOLE");
        Plot().Matches(await dom).Should().HaveCount(Plots);
    }

    [GeneratedRegex("<figure class=\"plot\".*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Plot();
}
