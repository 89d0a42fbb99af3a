using System.Diagnostics;
using System.Globalization;

namespace CustomerValue.Benchmarks;

/// <summary>DuckDB from a CSV or Parquet file to the 12 aggregates, as one who knows it would ask: days first, then customers from days, and no window function.</summary>
internal static class AggregatesPeer
{
    private const string Script = """
        const { DuckDBInstance } = require(process.argv[1] + '/node_modules/@duckdb/node-api');
        (async () => {
          const [, , path, threads, horizon] = process.argv;
          const instance = await DuckDBInstance.create(':memory:', { threads });
          const connection = await instance.connect();
          const file = path.replaceAll("'", "''");
          const last = (await connection.runAndReadAll(`select (max(date)::date + 1 - ${horizon})::varchar from '${file}'`)).getRows()[0][0];
          const cutoff = `date '${last}'`;
          const started = process.hrtime.bigint();
          await connection.run(`create table result as
            with days as (select customer_id, date, sum(amount) as spend from '${file}' where date < ${cutoff} group by customer_id, date)
            select customer_id, count(*) as a0, min(date) as a1, max(date) as a2, sum(spend) as a3, arg_min(spend, date) as a4, sum(spend) - arg_min(spend, date) as a5,
              count(*) filter (where date >= ${cutoff} - 365) as a6, coalesce(sum(spend) filter (where date >= ${cutoff} - 365), 0) as a7,
              count(*) filter (where date >= ${cutoff} - 90) as a8, coalesce(sum(spend) filter (where date >= ${cutoff} - 90), 0) as a9,
              max(spend) as a10, sum(spend * spend) as a11
            from days group by customer_id`);
          const seconds = Number(process.hrtime.bigint() - started) / 1e9;
          const day = column => `sum(date_diff('day', date '0001-01-01', ${column}::date))::double`;
          const sums = (await connection.runAndReadAll(`select count(*)::double, sum(a0)::double, ${day('a1')}, ${day('a2')}, ${[3, 4, 5, 6, 7, 8, 9, 10, 11].map(i => `sum(a${i})::double`).join(', ')} from result`)).getRows()[0];
          console.log([seconds, process.resourceUsage().maxRSS * 1024, ...sums].join(' '));
        })().catch(error => { console.error(String(error)); process.exit(1); });
        """;

    public static Measured Run(string folder, string file, int threads, int horizon)
    {
        ProcessStartInfo start = new("node") { RedirectStandardOutput = true };
        foreach (string argument in new[] { "-e", Script, "--", Path.GetFullPath(folder), Path.GetFullPath(file), threads.ToString(CultureInfo.InvariantCulture), horizon.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        return Measured.Of(start);
    }
}
