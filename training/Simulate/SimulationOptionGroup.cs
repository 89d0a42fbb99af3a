using System.CommandLine;
using CustomerValue.Simulation;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Simulate;

/// <summary>How many customers are simulated, for how long, by which seed.</summary>
internal sealed class SimulationOptionGroup
{
    private readonly Option<int> _customers = Opt.Integer("--customers", "Customers to simulate.", 20_000, 1, 100_000_000);
    private readonly Option<int> _days = Opt.Integer("--days", "Days in the log.", 1095, 30, 7300);
    private readonly Option<DateOnly?> _start = Opt.Date("--start", "First day of the log. Default: 2021-01-01.");
    private readonly Option<int> _seed = Opt.Integer("--seed", "Seed of all chance; the same seed gives the same bytes.", 1, 0, int.MaxValue);
    private readonly Option<int> _threads = Opt.Integer("--threads", "Threads to use; results do not depend on it.", Math.Clamp(Environment.ProcessorCount, 1, 64), 1, 64);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_customers, _days, _start, _seed, _threads])
            command.Add(option);
    }

    public SimulationOptions Read(ParseResult parse)
    {
        SimulationOptions defaults = new();
        return defaults with
        {
            Customers = parse.GetValue(_customers),
            Days = parse.GetValue(_days),
            Start = parse.GetValue(_start) ?? defaults.Start,
            Seed = (ulong)parse.GetValue(_seed),
            Threads = parse.GetValue(_threads),
        };
    }
}
