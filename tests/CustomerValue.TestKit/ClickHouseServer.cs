using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace CustomerValue.TestKit;

/// <summary>A real ClickHouse for the tests of a class, one server or several that share a table. Where none is installed, tests skip with one line; a continuous-integration run must have one.</summary>
public class ClickHouseServer : IAsyncLifetime
{
    private static readonly string[] s_places = ["/usr/bin/clickhouse-server", "/usr/sbin/clickhouse-server"], s_script = ["tests", "clusters", "clickhouse"];

    private readonly HttpClient _client = new();
    private readonly int _servers;
    private readonly string[] _script;
    private readonly bool _isInstalled;
    private readonly string _absent;
    private TemporaryFolder? _folder;
    private int[] _processes = [];
    private int[] _ports = [];
    private int _databases;

    /// <summary>One server.</summary>
    public ClickHouseServer() : this(1)
    {
    }

    /// <summary>Servers that know one another as the cluster <c>shards</c>.</summary>
    protected ClickHouseServer(int servers) : this(servers, s_script, Array.Exists(s_places, File.Exists), "No ClickHouse: install Debian's clickhouse-server package.")
    {
    }

    /// <summary>Servers of another kind.</summary>
    /// <param name="servers">How many.</param>
    /// <param name="script">What starts them, from the folder of the repository.</param>
    /// <param name="isInstalled">Whether they are there.</param>
    /// <param name="absent">What is told where they are not.</param>
    protected ClickHouseServer(int servers, string[] script, bool isInstalled, string absent) => (_servers, _script, _isInstalled, _absent) = (servers, script, isInstalled, absent);

    /// <summary>Port of the first one's HTTP interface.</summary>
    public int Port => _ports[0];

    /// <summary>Starts them where the binaries are there.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!_isInstalled)
            return;
        _folder = new TemporaryFolder();
        _ports = [.. Enumerable.Range(0, _servers).Select(_ => FreePort())];
        using Process script = Process.Start(new ProcessStartInfo(ReferenceData.InRepository(_script), [_folder.Path, .. _ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"{port}:{FreePort()}"))]) { RedirectStandardOutput = true })!;
        string ids = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        _processes = [.. ids.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    /// <summary>Name of an empty database on all servers; skips the test where none is to be had.</summary>
    public async Task<string> FreshDatabaseAsync()
    {
        Needs.Tool(_processes.Length > 0, _absent);
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunEverywhereAsync($"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Runs a statement on the first server, with rows to insert behind it where it takes some.</summary>
    public Task RunAsync(string sql, Stream? rows = null, string settings = "") => AskAsync(Port, sql, rows, settings);

    /// <summary>Runs a statement on all servers.</summary>
    public async Task RunEverywhereAsync(string sql)
    {
        foreach (int port in _ports)
            await AskAsync(port, sql, null, "");
    }

    /// <summary>Kills the last server at once.</summary>
    public void KillLast()
    {
        using Process last = Process.GetProcessById(_processes[^1]);
        last.Kill();
        last.WaitForExit();
    }

    /// <summary>Starts the last server again, with the data it had.</summary>
    public async Task StartLastAsync()
    {
        using Process last = Process.Start(new ProcessStartInfo(Array.Find(s_places, File.Exists)!, ["--config-file=config.xml"]) { WorkingDirectory = Path.Combine(_folder!.Path, _ports[^1].ToString(CultureInfo.InvariantCulture)), RedirectStandardOutput = true, RedirectStandardError = true })!;
        _processes[^1] = last.Id;
        for (int attempt = 0; ; attempt++)
            try
            {
                await AskAsync(_ports[^1], "SELECT 1", null, "");
                return;
            }
            catch (HttpRequestException) when (attempt < 600)
            {
                await Task.Delay(100);
            }
    }

    /// <summary>Stops them.</summary>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (int id in _processes)
            try
            {
                using Process process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // Killed by a test.
            }
        _folder?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a statement on the first server and gives its answer.</summary>
    public Task<string> AskAsync(string sql, string settings = "") => AskAsync(Port, sql, null, settings);

    private async Task<string> AskAsync(int port, string sql, Stream? rows, string settings)
    {
        using HttpContent body = rows is null ? new StringContent(sql) : new StreamContent(rows);
        using HttpResponseMessage answer = await _client.PostAsync($"http://127.0.0.1:{port}/?{string.Join('&', new[] { settings, rows is null ? "" : "query=" + Uri.EscapeDataString(sql) }.Where(part => part.Length > 0))}", body);
        string said = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? said : throw new InvalidOperationException($"ClickHouse: {said}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Two servers of ClickHouse that share a table.</summary>
public sealed class ClickHousePair() : ClickHouseServer(2);

/// <summary>A ClickHouse of today, which is a library behind a small server (<c>tests/clusters/engines</c>).</summary>
public sealed class CurrentClickHouse() : ClickHouseServer(1, ["tests", "clusters", "engines", "clickhouse"], CurrentEngines.HasClickHouse, CurrentEngines.Absent);
