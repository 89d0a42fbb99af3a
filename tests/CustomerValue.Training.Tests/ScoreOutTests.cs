using System.Diagnostics;
using System.Globalization;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;
using DuckDB.NET.Data;
using Npgsql;

namespace CustomerValue.Training.Tests;

/// <summary>Scores in databases and lakes are those of the file, however often a day is scored.</summary>
public sealed class ScoreOutTests(PostgresServer postgres, ClickHouseServer clickHouse) : IClassFixture<PostgresServer>, IClassFixture<ClickHouseServer>, IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Every_place_takes_the_figures_of_the_file_to_the_last_digit()
    {
        await Trained.Orders.CopyToAsync(_workspace);
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        string database = await clickHouse.FreshDatabaseAsync();
        string[] outs =
        [
            "--out", "scores.csv", "--out", $"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}?table=scores", "--out", $"clickhouse://127.0.0.1:{clickHouse.Port}/{database}?table=scores",
            "--out", "duckdb:scores.db?table=scores", "--out", "parquet:lake",
        ];
        List<string> expected = [];
        foreach (string day in (string[])["2024-12-01", "2025-01-10", "2024-12-01"])
        {
            await _workspace.SucceedAsync(["score", "--transactions", "orders.csv", "--as-of", day, .. outs]);
            string[] lines = File.ReadAllLines(_workspace.PathOf("scores.csv"));
            string[] names = lines[0].Split(',');
            expected.RemoveAll(line => line.Contains(day, StringComparison.Ordinal) && line.Split(',')[1] == day);
            expected.AddRange(lines[1..]);
            string columns = string.Join(", ", names);

            PostgresRows(place, $"SELECT {columns} FROM scores").Should().BeEquivalentTo(expected);
            DuckDbRows($"Data Source={_workspace.PathOf("scores.db")}", $"SELECT {columns} FROM scores").Should().BeEquivalentTo(expected);
            DuckDbRows("Data Source=:memory:", $"SELECT {columns} FROM read_parquet('{_workspace.PathOf("lake")}/**/*.parquet', hive_partitioning = true)").Should().BeEquivalentTo(expected);
            string answer = await clickHouse.AskAsync($"SELECT {columns} FROM {database}.scores FORMAT TabSeparated");
            answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace("\\N", "", StringComparison.Ordinal).Split('\t')).Select(fields => string.Join(',', fields.Select((field, at) => Number(names[at], field))))
                .Should().BeEquivalentTo(expected);
        }
        Directory.GetFiles(_workspace.PathOf("lake"), "*", SearchOption.AllDirectories).Should().HaveCount(2).And.AllSatisfy(file => file.Should().EndWith("scores.parquet"));
    }

    [Fact]
    public async Task Death_half_way_leaves_what_was_there()
    {
        await Trained.Orders.CopyToAsync(_workspace);
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        string database = await clickHouse.FreshDatabaseAsync();
        using CuttingProxy near = new(place.Port, fromCaller: 6_000, cuts: false), far = new(clickHouse.Port, fromCaller: 4_000, cuts: false);
        foreach ((string direct, string through, CuttingProxy proxy, Func<Task<string>> rows) in ((string, string, CuttingProxy, Func<Task<string>>)[])
            [(Postgres(place.Port), Postgres(near.Port), near, () => Task.FromResult(string.Join('\n', PostgresRows(place, "SELECT * FROM scores ORDER BY customer_id")))),
             (ClickHouse(clickHouse.Port), ClickHouse(far.Port), far, () => clickHouse.AskAsync($"SELECT * FROM {database}.scores ORDER BY customer_id"))])
        {
            string[] arguments = ["score", "--transactions", "orders.csv", "--as-of", "2024-12-01", "--no-book", "--out"];
            await _workspace.SucceedAsync([.. arguments, direct]);
            string before = await rows();
            before.Should().NotBeEmpty();
            using Process program = ProgramProcess.Start(_workspace.Folder, [.. arguments, through]);
            await proxy.Reached.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            program.HasExited.Should().BeFalse("it waits for the server");
            program.Kill();
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            (await rows()).Should().Be(before);
            await _workspace.SucceedAsync([.. arguments, direct]);
            (await rows()).Should().Be(before, "the next run replaces the same rows");
        }

        string Postgres(int port) => $"postgres://{place.Username}@127.0.0.1:{port}/{place.Database}?table=scores";
        string ClickHouse(int port) => $"clickhouse://127.0.0.1:{port}/{database}?table=scores";
    }

    [Fact]
    public async Task A_place_that_does_not_do_is_told()
    {
        await Trained.Orders.CopyToAsync(_workspace);
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        string address = $"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}";
        PostgresRows(place, "CREATE TABLE other (customer_id text, as_of date, model_version text)");
        Directory.CreateDirectory(_workspace.PathOf("lake", $"model_version={Champion()}", "as_of=2024-12-01"));
        _workspace.Write(Path.Combine("lake", $"model_version={Champion()}", "as_of=2024-12-01", "part-0.parquet"), "x");
        foreach ((string wrong, string message) in ((string, string)[])
            [(address + "?table=other", "found a table without the columns horizon_days bigint, churn_probability double precision"), (address + "?query=SELECT 1", "found a query, expected table=NAME"), (address, "neither table nor query"),
             ("postgres://me:secret@host/db?table=x", "found a password"), ("clickhouse://127.0.0.1:1/x?table=y&timeout=2", "found no whole answer"), ("parquet:lake/**", "found a pattern, expected a folder"),
             ("parquet:lake", "found part-0.parquet"), ("duckdb:no/such/folder/x.db?table=y", "expected")])
        {
            Run run = await _workspace.RunAsync("score", "--transactions", "orders.csv", "--as-of", "2024-12-01", "--out", "scores.csv", "--out", wrong);
            run.ExitCode.Should().Be(ExitCode.BadData, "{0} gave {1}", wrong, run);
            run.Message.Should().Contain(message).And.NotContain("secret");
        }
        foreach (string verb in (string[])["recommend", "decide"])
            (await _workspace.RunAsync(verb, "--transactions", "orders.csv", "--out", address + "?table=other")).Should().Match<Run>(run => run.ExitCode == ExitCode.Usage && run.Message!.Contains("score alone writes into databases"));
    }

    [Fact]
    public async Task A_full_disk_leaves_the_lake_as_it_was()
    {
        using SmallDisk? disk = SmallDisk.TryMount(8);
        Assert.SkipWhen(disk is null, "No disk of its own: run as a user that may mount.");
        await Trained.Orders.CopyToAsync(_workspace);
        string[] arguments = ["score", "--transactions", "orders.csv", "--as-of", "2024-12-01", "--no-book", "--out", $"parquet:{disk!.Path}/lake"];
        await _workspace.SucceedAsync(arguments);
        string[] before = DuckDbRows("Data Source=:memory:", $"SELECT * FROM read_parquet('{disk.Path}/lake/**/*.parquet') ORDER BY customer_id");
        disk.Fill();
        (await _workspace.RunAsync(arguments)).ExitCode.Should().Be(ExitCode.BadData);
        DuckDbRows("Data Source=:memory:", $"SELECT * FROM read_parquet('{disk.Path}/lake/**/*.parquet') ORDER BY customer_id").Should().Equal(before);
    }

    private string Champion() => File.ReadAllText(Path.Combine(_workspace.Store, "champion")).Trim();

    /// <summary>A number of ClickHouse's in the form of the file; it has all digits and may write them otherwise.</summary>
    private static string Number(string column, string field) =>
        column is "customer_id" or "as_of" or "model_version" or "next_purchase" || !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? field : value.ToString("R", CultureInfo.InvariantCulture);

    private static string[] PostgresRows(NpgsqlConnectionStringBuilder place, string sql)
    {
        using NpgsqlConnection connection = new(place.ToString());
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        return Rows(reader);
    }

    private static string[] DuckDbRows(string place, string sql)
    {
        using DuckDBConnection connection = new(place);
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        return Rows(reader);
    }

    private static string[] Rows(System.Data.Common.DbDataReader reader)
    {
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? "" : reader.GetValue(field) switch
            {
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            })));
        return [.. rows];
    }
}
