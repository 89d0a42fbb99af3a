using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CustomerValue.Browser.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Shop))]

namespace CustomerValue.Browser.Tests;

/// <summary>The service as a newcomer starts it, with demo data of a small shop, and a browser to look at its pages.</summary>
public class Shop : IAsyncLifetime
{
    /// <summary>How long a page is waited for: the first plan of a book takes many times as long where other tests work beside. How fast pages are is measured elsewhere.</summary>
    private const float PatienceMilliseconds = 90_000;

    private const int Customers = 1500;
    private static readonly string[] s_arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    private readonly string _folder = Directory.CreateTempSubdirectory("browser-tests-").FullName;
    private readonly SemaphoreSlim _starting = new(1);
    private readonly ConcurrentQueue<string> _said = [];
    private Process? _service;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the pages are.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Folder of the model store.</summary>
    public string Store => Path.Combine(_folder, "store");

    /// <summary>The code that the service told on its console.</summary>
    public string SetupCode => _said.First(line => line.Contains("/setup", StringComparison.Ordinal) && line.StartsWith("Nobody", StringComparison.Ordinal)).Split(' ')[^1];

    /// <summary>Where screenshots go: below the test program's own folder.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    /// <summary>Whether it starts with demo data; else with nothing.</summary>
    protected virtual bool HasDemoData => true;

    /// <summary>Nothing is started before the first test asks: where there is no browser, nothing need be.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A page of the service in a window of its own.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="window">How the window is.</param>
    public async Task<IPage> OpenAsync(string path, Window window)
    {
        await StartedAsync();
        IBrowserContext context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = window.Width, Height = window.Width < 600 ? 844 : 900 },
            ColorScheme = window.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = window.Chinese ? "zh-CN" : "en-GB",
            BaseURL = Address.ToString(),
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A page that the console app writes of the demo data, as a file: <c>report</c>, <c>portfolio</c> or <c>plan</c>.</summary>
    public async Task<string> WrittenAsync(string name)
    {
        await StartedAsync();
        if (name == "report")
            return Path.Combine(Store, (await File.ReadAllTextAsync(Path.Combine(Store, "champion"))).Trim(), "report.html");
        string file = Path.Combine(_folder, name + ".html");
        string[] verb = name == "plan" ? ["decide", "--budget", "200"] : ["recommend", "--before", "2023-10-01", "--referrals", Path.Combine(Store, "demo", "referrals.csv")];
        using Process program = Process.Start(new ProcessStartInfo(Program("training", "customer-value"),
            [.. verb, "--store", Store, "--transactions", Path.Combine(Store, "demo", "transactions.csv"), "--attributes", Path.Combine(Store, "demo", "customers.csv"), "--report", file, "--quiet"])
        { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return program.ExitCode == 0 ? file : throw new InvalidOperationException($"{name} ended with {program.ExitCode}");
    }

    private async Task StartedAsync()
    {
        string chromium = Chromium.Program();
        await _starting.WaitAsync();
        try
        {
            await StartAsync(chromium);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartAsync(string chromium)
    {
        if (_browser is not null)
            return;
        int port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}/");
        ProcessStartInfo start = new(Program("serving", "CustomerValue.Serving"), [.. HasDemoData ? (string[])["--demo"] : [], $"--urls={Address.ToString().TrimEnd('/')}", $"--Store={Store}", $"--DemoCustomers={Customers}", $"--TrainingProgram={Program("training", "customer-value")}"])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _service = Process.Start(start)!;
        _service.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _service.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _service.BeginOutputReadLine();
        _service.BeginErrorReadLine();
        using HttpClient client = new() { BaseAddress = Address };
        for (Stopwatch waited = Stopwatch.StartNew(); ; await Task.Delay(250))
        {
            if (_service.HasExited || waited.Elapsed > TimeSpan.FromMinutes(6))
                throw new InvalidOperationException("The service did not come up: " + string.Join('\n', _said));
            try
            {
                if ((await client.GetAsync(new Uri(HasDemoData ? "health/ready" : "health/live", UriKind.Relative))).IsSuccessStatusCode)
                    break;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = s_arguments });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_service is { HasExited: false })
        {
            _service.Kill(entireProcessTree: true);
            await _service.WaitForExitAsync();
        }
        _service?.Dispose();
        _starting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A program of the house in the configuration that these tests were built in.</summary>
    private static string Program(string folder, string name)
    {
        string[] built = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..];
        return Path.Combine(ReferenceData.RepositoryRoot, folder, "bin", built[0], built[1], OperatingSystem.IsWindows() ? name + ".exe" : name);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The service as it is before anyone trained.</summary>
public sealed class NewShop : Shop
{
    protected override bool HasDemoData => false;
}

/// <summary>How a window is: a desk or a phone, light or dark, English or Chinese.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Dark">Whether people prefer dark.</param>
/// <param name="Chinese">Whether people prefer Chinese.</param>
public sealed record Window(int Width = 1440, bool Dark = false, bool Chinese = false)
{
    /// <summary>Four mixtures in which every two of width, scheme and language meet; with <c>CUSTOMER_VALUE_ACCEPTANCE=1</c> all eight.</summary>
    public static IEnumerable<Window> All => Environment.GetEnvironmentVariable("CUSTOMER_VALUE_ACCEPTANCE") == "1" ? Every : [new(1440), new(1440, Dark: true, Chinese: true), new(390, Chinese: true), new(390, Dark: true)];

    private static IEnumerable<Window> Every => from width in new[] { 1440, 390 } from dark in new[] { false, true } from chinese in new[] { false, true } select new Window(width, dark, chinese);

    /// <summary>For names of files.</summary>
    public override string ToString() => $"{Width}-{(Dark ? "dark" : "light")}-{(Chinese ? "zh" : "en")}";
}
