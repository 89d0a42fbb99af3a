using System.Runtime.CompilerServices;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Turns the fields of a record into a row of a <see cref="RowChunk"/>, or into a problem. One a thread.</summary>
/// <remarks>The usual line runs straight through <see cref="Add"/>; whatever is wrong or written otherwise leaves it for a method that is not inlined.</remarks>
internal sealed class RowParser
{
    private readonly ColumnPlan _plan;
    private readonly ReaderOptions _options;
    private readonly int _parser;
    private readonly bool _hashed, _hashAll;
    private readonly DateReading? _dates;
    private readonly LineChooser? _chooser;
    private readonly int _latest;
    private readonly int _customer, _date, _amount, _factor, _less;
    private readonly int[] _read;
    private readonly NumberReader _numbers;
    private readonly LineProblems _problems;
    private readonly OptionalColumns _optional;
    private readonly bool _hasMore;
    private readonly CustomerLookup _customers;
    private readonly OtherCustomers? _others;
    private RowChunk _chunk;

    /// <param name="layout">The file and how it is written.</param>
    /// <param name="options">How to read.</param>
    /// <param name="names">Names of this thread.</param>
    /// <param name="parser">Number of this thread.</param>
    /// <param name="hashing">Whether lines are hashed, by all fields or by those that are read.</param>
    /// <param name="others">Takes the rows of customers whom the share leaves out; null where it holds everyone.</param>
    public RowParser(FileLayout layout, ReaderOptions options, ParserNames names, int parser, LineHashing hashing, OtherCustomers? others)
    {
        _others = others;
        ColumnPlan plan = layout.Plan;
        (_plan, _options, _parser, _dates) = (plan, options, parser, layout.Dates);
        (_hashed, _hashAll) = (hashing != LineHashing.None, hashing == LineHashing.AllFields);
        _chooser = layout.Choice.IsIdle ? null : new LineChooser(layout.Choice, plan, layout.Separator);
        _numbers = new NumberReader(layout.Separator, layout.Choice is { Currency: { } currency, Rates: null } ? Array.IndexOf(Currencies.All, currency) : WrittenNumber.NoCurrency);
        _latest = options.LatestDay?.DayNumber ?? int.MaxValue;
        (_customer, _date, _amount, _factor, _less) = (plan[ColumnRole.Customer], plan[ColumnRole.Date], plan[ColumnRole.Amount], plan.AmountFactor, plan.AmountLess);
        _read = plan.Read();
        _problems = new LineProblems(layout, options);
        _optional = new OptionalColumns(layout, names, _numbers, _problems);
        _hasMore = _hashed || _optional.Any;
        _customers = new CustomerLookup(names.Customers);
        _chunk = _problems.Chunk;
    }

    public bool HasHeader => _plan.HasHeader;

    /// <summary>The words met in the columns that are told.</summary>
    public IEnumerable<(ColumnRole Role, IReadOnlyList<WordCount> Words)> Tallies => _chooser?.Tallies ?? [];

    /// <summary>Lines by the currency beside a number, in the order of <see cref="Currencies.All"/>; those without one come last. Counted where one occurs.</summary>
    public ReadOnlySpan<long> CurrenciesBeside => _numbers.CurrenciesBeside;

    /// <summary>Starts a chunk for the lines of a block.</summary>
    public void Begin(Block block)
    {
        if (_others is null || !_chunk.TryReuse(block.Lines))
            _chunk = _problems.Chunk = new RowChunk(_plan, _parser, block.Lines, _hashed);
        _customers.Begin(block.Buffer, _chunk.Customers);
    }

    /// <summary>The chunk that was filled.</summary>
    public RowChunk End()
    {
        _customers.Resolve();
        return _others is null ? _chunk : _chunk.Trimmed();
    }

    /// <summary>Reads one record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Record record, int line)
    {
        RowChunk chunk = _chunk;
        chunk.Records++;
        if (_chooser is not null && !_chooser.Accepts(record.Buffer, record.Starts, record.Lengths))
        {
            _problems.LeaveUnchosen(record);
            return;
        }
        ReadOnlySpan<byte> customer = record[_customer];
        if (customer.Length <= 4 && ParserNames.IsMissing(customer))
        {
            AddWithoutCustomer(record);
            return;
        }
        ReadOnlySpan<byte> date = record[_date];
        if (!(_dates is null ? DateText.TryParse(date, out int day) : _dates.TryParse(date, out day)))
        {
            _problems.RejectDate(record, line, null);
            return;
        }
        if (day > _latest || (day <= LineProblems.LastPlaceholder && LineProblems.IsPlaceholder(day)))
        {
            _problems.RejectDate(record, line, day);
            return;
        }
        double amount = 0;
        if (_amount >= 0 && !_numbers.TryRead(record[_amount], out amount))
        {
            RejectAmount(record, line);
            return;
        }
        if ((_factor >= 0 || _less >= 0 || _chooser is not null) && !TryAdjust(record, line, ref amount))
            return;
        if (amount <= 0 && IsIgnored(record, amount))
            return;
        int row = chunk.Count;
        if (_hasMore && !_optional.TryFill(chunk, record, line, row, amount))
            return;
        if (_others is not null && _others.TryTake(customer, day, chunk))
            return;
        if (!_customers.TryAdd(customer))
        {
            _problems.Reject(line, RejectReason.InvalidText, _customer, customer, LineProblems.ValidText);
            return;
        }
        if (_hashed)
            chunk.Hashes[row] = Hash(record);
        chunk.Days[row] = day;
        chunk.Amounts[row] = amount;
        chunk.Count = row + 1;
        if (day < chunk.FirstDay)
            chunk.FirstDay = day;
        if (day > chunk.LastDay)
            chunk.LastDay = day;
    }

    /// <summary>Rejects a line as a whole.</summary>
    public void RejectLine(int line, RejectReason reason, string found, string expected)
    {
        _chunk.Records++;
        _problems.RejectLine(line, reason, found, expected);
    }

    /// <summary>Rejects a line for one of its fields before the record was read.</summary>
    public void RejectField(int line, RejectReason reason, int column, ReadOnlySpan<byte> found, string expected)
    {
        _chunk.Records++;
        _problems.Reject(line, reason, column, found, expected);
    }

    /// <summary>Counts a line that is none of data; false where it is one.</summary>
    public bool TryPassOver(string[] fields)
    {
        if (!_problems.IsPassedOver(fields))
            return false;
        _chunk.Records++;
        _chunk.PassedOver++;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddWithoutCustomer(Record record)
    {
        if (record[_date].IsEmpty && _problems.IsPassedOver(record))
        {
            _chunk.PassedOver++;
            return;
        }
        _chunk.WithoutCustomer++;
        LeaveOut(record, LeftOutReason.NoCustomer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RejectAmount(Record record, int line)
    {
        ReadOnlySpan<byte> text = record[_amount];
        if (text.IsEmpty && _plan.BlankAmountGoesOn)
            _chunk.PassedOver++;
        else if (_numbers.IsOtherCurrency)
            _chunk.NotChosen++;
        else
            _problems.Reject(line, RejectReason.BadAmount, _amount, text, LineProblems.NumberExample);
    }

    /// <summary>The amount times the factor, less the other column, with the sign and at the rate of the line.</summary>
    private bool TryAdjust(Record record, int line, ref double amount)
    {
        if (_factor >= 0)
        {
            if (!_numbers.TryRead(record[_factor], out double times))
                return _problems.Reject(line, RejectReason.BadAmount, _factor, record[_factor], LineProblems.NumberExample);
            amount *= times;
            if (!double.IsFinite(amount))
                return _problems.Reject(line, RejectReason.BadAmount, _factor, record[_factor], "a product that a double can hold");
        }
        if (_less >= 0 && record[_less] is { IsEmpty: false } off)
        {
            if (!_numbers.TryRead(off, out double less))
                return _problems.Reject(line, RejectReason.BadAmount, _less, off, LineProblems.NumberExample);
            amount -= Math.Abs(less);
        }
        if (_chooser is not null)
            amount = (_chooser.IsRefund ? -Math.Abs(amount) : amount) * _chooser.Factor;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsIgnored(Record record, double amount)
    {
        if (amount < 0 && _options.Returns == ReturnsPolicy.Ignore)
        {
            _chunk.IgnoredReturns++;
            LeaveOut(record, LeftOutReason.IgnoredReturn);
            return true;
        }
        if (amount == 0 && _options.ZeroAmounts == ZeroAmounts.Ignore)
        {
            _chunk.IgnoredZeros++;
            LeaveOut(record, LeftOutReason.IgnoredZero);
            return true;
        }
        return false;
    }

    private void LeaveOut(Record record, LeftOutReason reason)
    {
        ReadOnlySpan<byte> date = record[_date];
        if (_hashed && (_dates is null ? DateText.TryParse(date, out int day) : _dates.TryParse(date, out day)))
            _chunk.LeftOut.Add(new LeftOutLine(day, Hash(record), reason));
    }

    private ulong Hash(Record record)
    {
        ulong hash = 0;
        if (_hashAll)
        {
            for (int column = 0; column < record.Starts.Length; column++)
                hash = LineHash.AddField(hash, record.Raw(column));
            return hash;
        }
        foreach (int column in _read)
            hash = LineHash.AddField(hash, column < 0 ? [] : record[column]);
        return hash;
    }
}
