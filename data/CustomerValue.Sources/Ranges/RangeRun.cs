using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Windows;

namespace CustomerValue.Sources;

/// <summary>Has a plan computed range by range. What is done lies in a folder, where a run that was cut off is taken up again.</summary>
/// <remarks>
/// A range is kept once its answer is whole. The folder says of what question its ranges are the answer; those of another question, of another version of the program or of a table with another number of rows are
/// thrown away. Memory holds as many ranges as are computed at a time, and later a block of customers.
/// </remarks>
public sealed class RangeRun : IDisposable
{
    private const string KeyName = "question.txt", LockName = "lock", RangePrefix = "range-";

    private readonly RangePlan _plan;
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly AggregateCatalogue _horizonCatalogue;
    private bool _isRemoved;

    /// <summary>Opens the folder, or makes it.</summary>
    /// <param name="plan">The question.</param>
    /// <param name="folder">The folder; nothing else should lie in it.</param>
    /// <param name="product">Name and version of the program.</param>
    /// <exception cref="BadDataException">Another run is at work in the folder.</exception>
    public RangeRun(RangePlan plan, string folder, string product)
    {
        (_plan, _folder, _horizonCatalogue) = (plan, folder, plan.There.HorizonCatalogue(plan.Windows[0].Horizon));
        Directory.CreateDirectory(folder);
        try
        {
            _lock = new FileStream(At(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new BadDataException($"{folder}: found another run at work there, expected none; wait for its end, or write to another file.", error);
        }
        string key = plan.Key(product);
        if (!File.Exists(At(KeyName)) || File.ReadAllText(At(KeyName)) != key)
        {
            RemoveRanges();
            WholeFile.Write(At(KeyName), key);
        }
        TakenUp = Enumerable.Range(0, plan.Ranges).Count(IsDone);
    }

    /// <summary>Ranges that an earlier run had finished.</summary>
    public int TakenUp { get; }

    /// <summary>Computes the ranges that are not done.</summary>
    /// <param name="atOnce">How many at a time, each on a connection of its own.</param>
    /// <param name="progress">Is told of each range.</param>
    /// <param name="cancellation">Stops the queries, there too; finished ranges stay.</param>
    /// <exception cref="BadDataException">A query failed; finished ranges stay.</exception>
    public void Compute(int atOnce, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        int done = TakenUp;
        progress?.Report(new("aggregates, by the source", done, _plan.Ranges, "ranges"));
        try
        {
            Parallel.ForEach(Enumerable.Range(0, _plan.Ranges).Where(range => !IsDone(range)), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation }, range =>
            {
                CustomerRange customers = new(range, _plan.Ranges);
                // The horizons first: where the data do not cover them, that is told at once.
                IReadOnlyList<CustomerAggregates> horizons = _plan.There.Horizons(_plan.Windows, customers, cancellation), pasts = _plan.There.Compute(_plan.Windows, _plan.Catalogue, customers, cancellation);
                for (int past = 0; past < pasts.Count; past++)
                    RangeFile.Write(FileOf(range, past), pasts[past], horizons[past]);
                progress?.Report(new("aggregates, by the source", Interlocked.Increment(ref done), _plan.Ranges, "ranges"));
            });
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is BadDataException) && error.InnerExceptions[0] is BadDataException bad)
        {
            throw _plan.Ranges == 1 ? bad : new BadDataException(string.Create(CultureInfo.InvariantCulture, $"{bad.Message} {done} of {_plan.Ranges} ranges of customers are done; the same command goes on from there."), bad);
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(error.Message, error, cancellation);
        }
    }

    /// <summary>Customers of a past in ordinal order with their outcomes, so many at a time; how many ranges there are changes nothing of it. There is at least one block.</summary>
    /// <param name="past">Which window of the plan.</param>
    /// <param name="customers">Customers of a block.</param>
    public IEnumerable<(CustomerAggregates Aggregates, OutcomeTable Outcomes)> Blocks(int past, int customers)
    {
        RangeReader[] readers = [.. Enumerable.Range(0, _plan.Ranges).Select(range => new RangeReader(FileOf(range, past), _plan.Catalogue.Count + _horizonCatalogue.Count))];
        try
        {
            UnmatchedReturns unmatched = readers.Aggregate(new UnmatchedReturns(), (sum, reader) => new(sum.Customers + reader.Unmatched.Customers, sum.Amount + reader.Unmatched.Amount, sum.ReturnOnlyCustomers + reader.Unmatched.ReturnOnlyCustomers));
            PriorityQueue<RangeReader, string> next = new(StringComparer.Ordinal);
            foreach (RangeReader reader in readers)
                if (reader.Read())
                    next.Enqueue(reader, reader.Customer);
            BlockOfCustomers block = new(_plan.Windows[past], _plan.Catalogue, _horizonCatalogue, _plan.There.Returns, unmatched);
            bool isFirst = true;
            while (next.TryDequeue(out RangeReader? reader, out _))
            {
                block.Add(reader.Customer, reader.Values);
                if (reader.Read())
                    next.Enqueue(reader, reader.Customer);
                if (block.Count == customers)
                {
                    yield return block.Take();
                    isFirst = false;
                }
            }
            if (block.Count > 0 || isFirst)
                yield return block.Take();
        }
        finally
        {
            foreach (RangeReader reader in readers)
                reader.Dispose();
        }
    }

    /// <summary>Removes the folder, once what was made of it is safe.</summary>
    public void Remove()
    {
        if (_isRemoved)
            return;
        _isRemoved = true;
        RemoveRanges();
        File.Delete(At(KeyName));
        _lock.Dispose();
        File.Delete(At(LockName));
        if (!Directory.EnumerateFileSystemEntries(_folder).Any())
            Directory.Delete(_folder);
    }

    /// <summary>Leaves the folder to the next run where something in it is of use.</summary>
    public void Dispose()
    {
        if (!_isRemoved && !Ranges().Any())
            Remove();
        _lock.Dispose();
    }

    private bool IsDone(int range) => Enumerable.Range(0, _plan.Windows.Count).All(past => RangeFile.IsWhole(FileOf(range, past)));

    private void RemoveRanges()
    {
        foreach (string file in Ranges())
            File.Delete(file);
    }

    /// <summary>Files of ranges, those that a killed run left half written among them.</summary>
    private IEnumerable<string> Ranges() => Directory.EnumerateFiles(_folder).Where(file => Path.GetFileName(file).TrimStart('.').StartsWith(RangePrefix, StringComparison.Ordinal));

    private string At(string name) => Path.Combine(_folder, name);

    private string FileOf(int range, int past) => At(string.Create(CultureInfo.InvariantCulture, $"{RangePrefix}{range}-{past}"));

    /// <summary>Gathers customers to a block.</summary>
    private sealed class BlockOfCustomers(ObservationWindow window, AggregateCatalogue catalogue, AggregateCatalogue horizonCatalogue, Data.Transactions.ReturnsPolicy returns, UnmatchedReturns unmatched)
    {
        private readonly List<string> _customers = [], _later = [];
        private readonly List<double>[] _values = [.. catalogue.Definitions.Select(_ => new List<double>())], _laterValues = [.. horizonCatalogue.Definitions.Select(_ => new List<double>())];
        private readonly int _bought = catalogue.Count + horizonCatalogue.Find("purchase_days_all");

        public int Count => _customers.Count;

        public void Add(string customer, double[] values)
        {
            _customers.Add(customer);
            for (int i = 0; i < _values.Length; i++)
                _values[i].Add(values[i]);
            if (double.IsNaN(values[_bought]))
                return;
            _later.Add(customer);
            for (int i = 0; i < _laterValues.Length; i++)
                _laterValues[i].Add(values[_values.Length + i]);
        }

        /// <summary>The block, after which another begins.</summary>
        public (CustomerAggregates, OutcomeTable) Take()
        {
            CustomerAggregates past = CustomerAggregates.Of(window, catalogue, returns, _customers, Columns(_values), unmatched);
            CustomerAggregates horizon = CustomerAggregates.Of(new ObservationWindow(window.End, window.Horizon, window.Cutoff), horizonCatalogue, returns, _later, Columns(_laterValues), new UnmatchedReturns());
            foreach (List<double> column in (List<double>[])[.. _values, .. _laterValues])
                column.Clear();
            _customers.Clear();
            _later.Clear();
            return (past, OutcomeTable.Of(past, horizon));
        }

        private static double[][] Columns(List<double>[] values) => Array.ConvertAll(values, column => column.ToArray());
    }
}
