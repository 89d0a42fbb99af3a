namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Looks while files are read whether what is held will fit, and breaks off early where it will not. Called by one thread at a time.</summary>
/// <remarks>
/// Rows go with the bytes read. Customers do not: most of a file's are met early on, so their number is taken to approach its limit as 1 - e^(-t) does, by what was
/// met in the first and second half of what was read.
/// </remarks>
internal sealed class ReadingWatch
{
    /// <summary>Read before anything is foretold.</summary>
    private const double Enough = 1.0 / 16;

    /// <summary>Rows that foretelling needs: fewer say little.</summary>
    private const int FewRows = 10_000;

    /// <summary>Between two notes of the customers met.</summary>
    private const double Step = 1.0 / 256;

    /// <summary>Foretold to be larger by so much, it is broken off; less may be an error of foretelling.</summary>
    private const double Doubt = 1.15;

    private readonly PartSize _size;
    private readonly FileLayout[] _layouts;
    private readonly ParserNames[] _names;
    private readonly bool _hashed;
    private readonly List<(double Read, int Customers)> _met = [];
    private long _rows;

    public ReadingWatch(PartSize size, FileLayout[] layouts, ParserNames[] names, bool hashed) => (_size, _layouts, _names, _hashed) = (size, layouts, names, hashed);

    /// <summary>Counts what a chunk holds.</summary>
    public void Add(RowChunk chunk) => _rows += chunk.Count;

    /// <summary>Takes back what is read anew.</summary>
    public void Forget(IEnumerable<RowChunk> chunks) => _rows -= chunks.Sum(chunk => (long)chunk.Count);

    /// <exception cref="LogTooLargeException">What is held, or will be, does not fit.</exception>
    public void Check(FileLayout file, double read)
    {
        int customers = _names.Max(names => names.Customers.Count);
        double all = _layouts.Sum(layout => (double)layout.Source.Bytes), done = all > 0 ? (_layouts.TakeWhile(layout => layout != file).Sum(layout => (double)layout.Source.Bytes) + Math.Min(read, 1) * file.Source.Bytes) / all : 0;
        if (done - (_met.Count == 0 ? 0 : _met[^1].Read) >= Step)
            _met.Add((done, customers));
        PartCost cost = PartCost.Of(_layouts, _hashed, _size, _names.Length);
        bool over = cost.Of(_rows, customers) > _size.Bytes;
        if (done < Enough)
        {
            if (over)
                throw new LogTooLargeException(0.5 * Math.Max(done, 1.0 / 64));
            return;
        }
        double foretold = cost.Of(_rows / done, Foretold(done, customers));
        if (over || (_rows >= FewRows && foretold > Doubt * _size.Bytes))
            throw new LogTooLargeException(Math.Min(0.9, _size.Bytes / foretold));
    }

    private double Foretold(double done, int customers)
    {
        double linear = customers / done;
        int half = _met.FindLast(note => note.Read <= done / 2).Customers;
        double grows = half == 0 ? 1 : (double)(customers - half) / half;
        return grows >= 1 ? linear : Math.Min(linear, half / (1 - grows));
    }
}
