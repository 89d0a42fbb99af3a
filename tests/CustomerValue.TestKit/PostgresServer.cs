using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace CustomerValue.TestKit;

/// <summary>
/// A real PostgreSQL: the server that <c>CUSTOMERVALUE_TEST_POSTGRES</c> names, or a throw-away one from the installed binaries.
/// Where there is neither, tests skip with one line; a continuous-integration run must have one.
/// </summary>
public class PostgresServer : IAsyncLifetime
{
    private const string Variable = "CUSTOMERVALUE_TEST_POSTGRES";
    private readonly bool _isCurrent;
    private string? _binaries;
    private string? _folder;
    private string? _connection;
    private int _databases;

    /// <summary>The named one, or Debian's.</summary>
    public PostgresServer()
    {
    }

    /// <summary>The one that is named or Debian's, or that of today.</summary>
    protected PostgresServer(bool isCurrent) => _isCurrent = isCurrent;

    /// <summary>Starts a server where none is named and the binaries are there.</summary>
    public async ValueTask InitializeAsync()
    {
        if (_isCurrent)
        {
            if (CurrentEngines.PostgresFolder is { } folder)
                _connection = await StartAsync(folder);
            return;
        }
        _connection = Environment.GetEnvironmentVariable(Variable);
        _binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : null;
        if (string.IsNullOrEmpty(_connection) && _binaries is not null)
            _connection = await StartAsync(_binaries);
    }

    /// <summary>Connection string of an empty database; skips the test where no server is to be had.</summary>
    public async Task<string> FreshDatabaseAsync()
    {
        Needs.Tool(!string.IsNullOrEmpty(_connection), _isCurrent ? CurrentEngines.Absent : $"No PostgreSQL: set {Variable} to a connection string whose user may create databases, or install Debian's postgresql package.");
        string name = $"customer_value_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await using NpgsqlConnection connection = new(_connection);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new($"DROP DATABASE IF EXISTS {name}; ", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name }.ToString();
    }

    /// <summary>Stops the server that was started here.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        NpgsqlConnection.ClearAllPools();
        if (_folder is null)
            return;
        await RunAsync(Path.Combine(_binaries!, "pg_ctl"), "stop", "-D", Path.Combine(_folder, "data"), "-m", "immediate");
        await RunHereAsync("rm", "-rf", _folder);
    }

    private async Task<string> StartAsync(string binaries)
    {
        _folder = (await RunAsync("mktemp", "-d", "/tmp/customer-value-XXXXXX")).Trim();
        string data = Path.Combine(_folder, "data");
        if (_isCurrent)
        {
            // Where another user runs the server, it may not look into the folder of the repository; and the package comes without the links between its libraries.
            await RunHereAsync("cp", "-r", binaries, Path.Combine(_folder, "server"));
            await RunHereAsync("/sbin/ldconfig", "-n", Path.Combine(_folder, "server", "lib"));
            _binaries = binaries = Path.Combine(_folder, "server", "bin");
        }
        await RunAsync(Path.Combine(binaries, "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync");
        int port = FreePort();
        string settings = $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={_folder} -c fsync=off";
        await RunAsync(Path.Combine(binaries, "pg_ctl"), "start", "-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o", settings);
        return $"Host=127.0.0.1;Port={port};Database=postgres;Username=postgres;Password=never-shown";
    }

    /// <summary>Runs a program, as the user postgres where this process is root: the server refuses to run as root.</summary>
    private static Task<string> RunAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? RunHereAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : RunHereAsync(program, arguments);

    private static async Task<string> RunHereAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = "/";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors} {output}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A PostgreSQL of today (<c>tests/clusters/engines</c>), beside Debian's.</summary>
public sealed class CurrentPostgres() : PostgresServer(isCurrent: true);
