using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace CustomerValue.TestKit;

/// <summary>A real ClickHouse, started from the installed binaries for the tests of a class. Where there is none, tests skip with one line; a continuous-integration run must have one.</summary>
public sealed class ClickHouseServer : IAsyncLifetime
{
    private static readonly string[] s_places = ["/usr/bin/clickhouse-server", "/usr/sbin/clickhouse-server"];

    private readonly HttpClient _client = new();
    private TemporaryFolder? _folder;
    private Process? _process;
    private int _databases;

    /// <summary>Port of its HTTP interface.</summary>
    public int Port { get; private set; }

    /// <summary>Starts it where the binaries are there.</summary>
    public async ValueTask InitializeAsync()
    {
        if (Array.Find(s_places, File.Exists) is not { } binary)
            return;
        _folder = new TemporaryFolder();
        Port = FreePort();
        await File.WriteAllTextAsync(_folder.PathOf("users.xml"), "<yandex><profiles><default/></profiles><users><default><password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users><quotas><default/></quotas></yandex>");
        await File.WriteAllTextAsync(_folder.PathOf("config.xml"), string.Create(CultureInfo.InvariantCulture,
            $"<yandex><logger><level>error</level><console>1</console></logger><http_port>{Port}</http_port><tcp_port>{FreePort()}</tcp_port><listen_host>127.0.0.1</listen_host><path>{_folder.Path}/data/</path><tmp_path>{_folder.Path}/tmp/</tmp_path><users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>67108864</mark_cache_size><timezone>UTC</timezone></yandex>"));
        _process = Process.Start(new ProcessStartInfo(binary, ["--config-file=config.xml"]) { WorkingDirectory = _folder.Path, RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await AnswersAsync();
    }

    /// <summary>Name of an empty database; skips the test where no server is to be had.</summary>
    public async Task<string> FreshDatabaseAsync()
    {
        Needs.Tool(_process is not null, "No ClickHouse: install Debian's clickhouse-server package.");
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunAsync($"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Runs a statement, with rows to insert behind it where it takes some.</summary>
    public async Task RunAsync(string sql)
    {
        using StringContent body = new(sql);
        using HttpResponseMessage answer = await _client.PostAsync($"http://127.0.0.1:{Port}/", body);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"ClickHouse: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        _folder?.Dispose();
    }

    private async Task AnswersAsync()
    {
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(100))
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"ClickHouse ended with {_process.ExitCode} before it answered.");
            try
            {
                await RunAsync("SELECT 1");
                return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException("ClickHouse did not answer within a minute.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
