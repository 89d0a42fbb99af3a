using System.Diagnostics;
using System.Globalization;

namespace CustomerValue.Benchmarks;

/// <summary>DuckDB's sum of the amount per customer over a CSV or Parquet file; timed within its own process, without its start.</summary>
internal static class ReadingPeer
{
    private const string Script = """
        const { DuckDBInstance } = require(process.argv[1] + '/node_modules/@duckdb/node-api');
        (async () => {
          const instance = await DuckDBInstance.create(':memory:', { threads: process.argv[3] });
          const connection = await instance.connect();
          const cpu = process.cpuUsage();
          const started = process.hrtime.bigint();
          const file = process.argv[2].replaceAll("'", "''");
          await connection.run(`create table sums as select customer_id, sum(amount) as total from '${file}' group by customer_id`);
          const seconds = Number(process.hrtime.bigint() - started) / 1e9;
          const used = process.cpuUsage(cpu);
          const rows = (await connection.runAndReadAll('select sum(total)::double, count(*)::integer from sums')).getRows();
          console.log([seconds, (used.user + used.system) / 1e6, rows[0][0], rows[0][1]].join(' '));
        })().catch(error => { console.error(String(error)); process.exit(1); });
        """;

    public static (double Seconds, double CpuSeconds, double Total, long Customers) Run(string folder, string file, int threads)
    {
        ProcessStartInfo start = new("node") { RedirectStandardOutput = true };
        foreach (string argument in new[] { "-e", Script, "--", Path.GetFullPath(folder), Path.GetFullPath(file), threads.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        using Process node = Process.Start(start)!;
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        if (node.ExitCode != 0)
            throw new InvalidOperationException($"DuckDB failed with exit code {node.ExitCode}.");
        double[] numbers = [.. output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1], numbers[2], (long)numbers[3]);
    }

    /// <summary>The same rows as Parquet, written by DuckDB beside the CSV file; returns the file.</summary>
    public static string ToParquet(string folder, string file)
    {
        const string Convert = """
            const { DuckDBInstance } = require(process.argv[1] + '/node_modules/@duckdb/node-api');
            (async () => {
              const connection = await (await DuckDBInstance.create(':memory:')).connect();
              await connection.run(`copy (from '${process.argv[2]}') to '${process.argv[3]}' (format parquet)`);
            })().catch(error => { console.error(String(error)); process.exit(1); });
            """;
        string parquet = Path.ChangeExtension(file, ".parquet");
        ProcessStartInfo start = new("node");
        foreach (string argument in new[] { "-e", Convert, "--", Path.GetFullPath(folder), Path.GetFullPath(file), parquet })
            start.ArgumentList.Add(argument);
        using Process node = Process.Start(start)!;
        node.WaitForExit();
        return node.ExitCode == 0 ? parquet : throw new InvalidOperationException($"DuckDB failed with exit code {node.ExitCode}.");
    }
}
