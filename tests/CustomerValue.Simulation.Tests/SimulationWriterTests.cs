
namespace CustomerValue.Simulation.Tests;

public sealed class SimulationWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("customer-value-simulation-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_cancelled_run_leaves_nothing_in_a_new_folder_and_earlier_files_in_an_old_one()
    {
        string fresh = Path.Combine(_folder.FullName, "fresh");
        string old = Path.Combine(_folder.FullName, "old");
        SimulationWriter.Write(old, new SimulationOptions { Customers = 10 });
        byte[] before = File.ReadAllBytes(Path.Combine(old, "transactions.csv"));
        foreach (string folder in new[] { fresh, old })
        {
            using CancellationTokenSource stop = new();
            Recorder progress = new(_ => stop.Cancel());
            Action write = () => SimulationWriter.Write(folder, new SimulationOptions { Customers = 20_000, Threads = 2 }, progress, stop.Token);
            write.Should().Throw<OperationCanceledException>();
            progress.Reports.Should().NotBeEmpty("it was cancelled in the middle");
        }

        Directory.Exists(fresh).Should().BeFalse();
        Directory.GetFiles(old, ".*").Should().BeEmpty();
        File.ReadAllBytes(Path.Combine(old, "transactions.csv")).Should().Equal(before);
    }

    [Fact]
    public void Progress_ends_with_all_customers_and_lines()
    {
        Recorder progress = new(_ => { });
        SimulationSummary summary = SimulationWriter.Write(_folder.FullName, new SimulationOptions { Customers = 2000, Threads = 2 }, progress);
        progress.Reports[^1].Should().Be(new SimulationProgress(2000, 2000, summary.Files[0].Rows));
        progress.Reports.Select(report => report.Lines).Should().BeInAscendingOrder();
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_an_io_error()
    {
        string path = Path.Combine(_folder.FullName, "taken");
        File.WriteAllText(path, "");
        Action write = () => SimulationWriter.Write(path, new SimulationOptions { Customers = 1 });
        write.Should().Throw<IOException>();
    }

    [Fact]
    public void Leaving_the_blocks_early_stops_the_threads()
    {
        CustomerBlock first = CustomerSimulator.Simulate(new SimulationOptions { Customers = 1_000_000, Threads = 3 }).First();
        first.CustomerCount.Should().Be(CustomerBlock.Size);
        first.Truths.Length.Should().Be(CustomerBlock.Size);
    }

    [Fact]
    public void A_failure_on_a_thread_reaches_the_caller_as_it_was()
    {
        IEnumerable<int[]> slots = OrderedPipeline.Run(
            100, 3, () => 0, () => new int[1], (_, slot, item) => slot[0] = item == 40 ? throw new InvalidDataException("forty") : item, default);
        List<int> seen = [];
        Action run = () =>
        {
            foreach (int[] slot in slots)
                seen.Add(slot[0]);
        };
        run.Should().Throw<InvalidDataException>().WithMessage("forty");
        seen.Should().Equal(Enumerable.Range(0, seen.Count)).And.HaveCountLessThan(41);
    }

    [Fact]
    public void Slots_come_in_order_even_when_threads_overtake_each_other()
    {
        // Items of very uneven length on more threads than processors: whoever takes a slot before its former item is done with shows at once.
        int expected = 0;
        foreach (int[] slot in OrderedPipeline.Run(50_000, 6, () => 0, () => new int[1], Uneven, default))
            (slot[0] == expected++).Should().BeTrue("item {0} is due, not {1}", expected - 1, slot[0]);
        expected.Should().Be(50_000);

        static void Uneven(int worker, int[] slot, int item)
        {
            if (item % 97 == 0)
                Thread.Yield();
            Thread.SpinWait(item * 7 % 50);
            slot[0] = item;
        }
    }

    private sealed class Recorder(Action<SimulationProgress> then) : IProgress<SimulationProgress>
    {
        public List<SimulationProgress> Reports { get; } = [];

        public void Report(SimulationProgress value)
        {
            Reports.Add(value);
            then(value);
        }
    }
}
