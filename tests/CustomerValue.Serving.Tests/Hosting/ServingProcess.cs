using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CustomerValue.Serving.Configuration;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>The program as a process of its own, on a free port: what it measures is of it alone, and what it keeps outlives it.</summary>
internal sealed class ServingProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServingProcess(Process process) => _process = process;

    /// <summary>What it wrote to its console so far.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    public Uri Address => _address.Task.Result;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="environment">Variables.</param>
    /// <param name="arguments">Settings, <c>--Name=value</c>.</param>
    public static async Task<ServingProcess> StartAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ServingOptions).Assembly.Location, "--urls=http://127.0.0.1:0", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        ServingProcess serving = new(Process.Start(start)!);
        serving._process.OutputDataReceived += (_, line) => serving.Take(line.Data);
        serving._process.ErrorDataReceived += (_, line) => serving.Take(line.Data);
        serving._process.BeginOutputReadLine();
        serving._process.BeginErrorReadLine();
        await serving._address.Task.WaitAsync(TimeSpan.FromSeconds(60));
        serving.Client = new HttpClient { BaseAddress = serving.Address };
        return serving;
    }

    public async Task<Answer> GetAsync(string path) => await Answer.ReadAsync(await Client.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<Answer> PostAsync(string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        return await Answer.ReadAsync(await Client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    /// <summary>What /metrics says, fresh.</summary>
    public async Task<Metrics> MetricsAsync()
    {
        Answer answer = await GetAsync("/metrics");
        answer.Status.Should().Be(System.Net.HttpStatusCode.OK, answer.Text);
        return Metrics.Parse(answer.Text);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        Lines.Enqueue(line);
        int at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0)
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Split('"')[0]));
    }
}
