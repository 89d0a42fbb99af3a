using System.Diagnostics;
using System.Globalization;

namespace CustomerValue.Benchmarks;

/// <summary>DuckDB with a made-up log in memory; each call runs the query once and gives its seconds and the sum of every column.</summary>
internal sealed class FeaturesPeer : IDisposable
{
    private const string Script = """
        const { DuckDBInstance } = require(process.argv[1] + '/node_modules/@duckdb/node-api');
        const [, , file, rows, customers, threads] = process.argv;
        const draw = salt => `(hash(i * 8 + ${salt}) % 1000003)`;
        (async () => {
          const instance = await DuckDBInstance.create(':memory:', { threads });
          const connection = await instance.connect();
          await connection.run(`create table log as select 'C' || lpad((hash(i) % ${customers})::varchar, 8, '0') as customer_id,
            date '2021-01-01' + (${draw(1)} % 1000)::integer as date, 'P' || (${draw(2)} % 500)::varchar as product,
            ['app', 'phone', 'store', 'web'][(1 + ${draw(3)} % 4)::bigint] as channel, ((100 + ${draw(4)} % 19900) / 100.0)::double as amount from range(${rows}) t(i)`);
          await connection.run(`copy log to '${file.replaceAll("'", "''")}' (header)`);
          console.log('ready');
          for await (const query of require('readline').createInterface({ input: process.stdin })) {
            const started = process.hrtime.bigint();
            await connection.run('create or replace table result as ' + query);
            const seconds = Number(process.hrtime.bigint() - started) / 1e9;
            const names = (await connection.runAndReadAll('select column_name from duckdb_columns() where table_name = \'result\' order by column_index')).getRows();
            const sums = (await connection.runAndReadAll('select count(*)::double, ' + names.map(name => `coalesce(sum(${name[0]}), 0)::double`).join(', ') + ' from result')).getRows()[0];
            console.log([seconds, ...sums].join(' '));
          }
        })().catch(error => { console.error(String(error)); process.exit(1); });
        """;

    private readonly Process _node;

    public FeaturesPeer(string folder, string file, int rows, int customers, int threads)
    {
        ProcessStartInfo start = new("node") { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in new[] { "-e", Script, "--", Path.GetFullPath(folder), Path.GetFullPath(file), Text(rows), Text(customers), Text(threads) })
            start.ArgumentList.Add(argument);
        _node = Process.Start(start)!;
        Answer();
    }

    /// <summary>Seconds, rows of the result, and the sum of every column.</summary>
    public (double Seconds, long Rows, double[] Sums) Run(string query)
    {
        _node.StandardInput.WriteLine(query.ReplaceLineEndings(" "));
        double[] numbers = [.. Answer().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return (numbers[0], (long)numbers[1], numbers[2..]);
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Answer() => _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("DuckDB failed; its message stands above.");
}
