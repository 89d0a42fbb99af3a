using System.Runtime.CompilerServices;
using System.Text.Unicode;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>The names one thread has met, over all files.</summary>
internal sealed class ParserNames
{
    public NameCollector Customers { get; } = new();

    public NameCollector Products { get; } = new();

    public NameCollector Categories { get; } = new();

    public NameCollector Channels { get; } = new();
}

/// <summary>Turns the fields of a record into a row of a <see cref="RowChunk"/>, or into a problem.</summary>
internal sealed class RowParser
{
    public const int MostCategories = ushort.MaxValue - 1, MostChannels = byte.MaxValue - 1;

    private const string NumberExample = "a number like 12.50", QuantityExample = "a finite number like 3", ValidText = "valid UTF-8; save the file as UTF-8";

    private readonly ColumnPlan _plan;
    private readonly ReaderOptions _options;
    private readonly ParserNames _names;
    private readonly string _path;
    private readonly int _parser;
    private readonly bool _hashed, _hashAll;
    private readonly DateReading? _dates;
    private readonly LineChooser? _chooser;
    private readonly byte _separator;
    private readonly int _latest;
    private readonly int _customer, _date, _amount, _factor, _less, _order, _quantity, _product, _category, _channel, _discount, _unitCost, _margin;
    private readonly bool _plainRow;
    private readonly long[] _currencies = new long[Currencies.All.Length + 1];
    private readonly int _wantedCurrency;
    private readonly CustomerLookup _customers;
    private RowChunk _chunk;

    /// <summary>Dates up to this day may stand for none: 1970-01-01, the start of Unix time.</summary>
    private static readonly int LastPlaceholder = new DateOnly(1970, 1, 1).DayNumber;

    private static readonly HashSet<int> Placeholders = [.. new[] { (1900, 1, 1), (1900, 1, 2), (1901, 1, 1), (1969, 12, 31), (1970, 1, 1) }.Select(day => new DateOnly(day.Item1, day.Item2, day.Item3).DayNumber)];

    /// <param name="layout">The file and how it is written.</param>
    /// <param name="options">How to read.</param>
    /// <param name="names">Names of this thread.</param>
    /// <param name="parser">Number of this thread.</param>
    /// <param name="hashing">Whether lines are hashed, by all fields or by those that are read.</param>
    public RowParser(FileLayout layout, ReaderOptions options, ParserNames names, int parser, LineHashing hashing)
    {
        ColumnPlan plan = layout.Plan;
        (_path, _plan, _options, _names, _parser) = (layout.Source.Name, plan, options, names, parser);
        (_hashed, _hashAll) = (hashing != LineHashing.None, hashing == LineHashing.AllFields);
        (_dates, _separator) = (layout.Dates, layout.Separator);
        _chooser = layout.Choice.IsIdle ? null : new LineChooser(layout.Choice, plan, _separator);
        _wantedCurrency = layout.Choice is { Currency: { } currency, Rates: null } ? Array.IndexOf(Currencies.All, currency) : WrittenNumber.NoCurrency;
        _latest = options.LatestDay?.DayNumber ?? int.MaxValue;
        _less = plan.AmountLess;
        (_customer, _date, _amount, _factor) = (plan[ColumnRole.Customer], plan[ColumnRole.Date], plan[ColumnRole.Amount], plan.AmountFactor);
        (_order, _quantity, _product, _category) = (plan[ColumnRole.Order], plan[ColumnRole.Quantity], plan[ColumnRole.Product], plan[ColumnRole.Category]);
        (_channel, _discount, _unitCost, _margin) = (plan[ColumnRole.Channel], plan[ColumnRole.Discount], plan[ColumnRole.UnitCost], plan[ColumnRole.Margin]);
        _plainRow = !_hashed && _order < 0 && _quantity < 0 && _product < 0 && _category < 0 && _channel < 0 && _discount < 0 && _unitCost < 0 && _margin < 0;
        _customers = new CustomerLookup(names.Customers);
        _chunk = new RowChunk(plan, parser, 0, _hashed);
    }

    public bool HasHeader => _plan.HasHeader;

    /// <summary>The words met in the columns that are told.</summary>
    public IEnumerable<(ColumnRole Role, IReadOnlyList<WordCount> Words)> Tallies => _chooser?.Tallies ?? [];

    /// <summary>Lines by the currency beside their amount, in the order of <see cref="Currencies.All"/>; those without one come last. Counted where one occurs.</summary>
    public ReadOnlySpan<long> CurrenciesBeside => _currencies;

    /// <summary>Starts a chunk for the lines of a block.</summary>
    public void Begin(Block block)
    {
        _chunk = new RowChunk(_plan, _parser, block.Lines, _hashed);
        _customers.Begin(block.Buffer, _chunk.Customers);
    }

    /// <summary>The chunk that was filled.</summary>
    public RowChunk End()
    {
        _customers.Resolve();
        return _chunk;
    }

    /// <summary>Reads one record.</summary>
    public void Add(byte[] buffer, int[] starts, int[] lengths, int line)
    {
        RowChunk chunk = _chunk;
        chunk.Records++;
        ReadOnlySpan<byte> date = Field(buffer, starts, lengths, _date), amountText = _amount < 0 ? "0"u8 : Field(buffer, starts, lengths, _amount);
        ReadOnlySpan<byte> customer = Field(buffer, starts, lengths, _customer);
        if (_chooser is not null && !_chooser.Accepts(buffer, starts, lengths))
        {
            if (date.IsEmpty && IsPassedOver(buffer, starts, lengths))
                chunk.PassedOver++;
            else
                chunk.NotChosen++;
            return;
        }
        if (customer.Length <= 4 && IsMissing(customer))
        {
            if (date.IsEmpty && IsPassedOver(buffer, starts, lengths))
            {
                chunk.PassedOver++;
                return;
            }
            chunk.WithoutCustomer++;
            LeaveOut(buffer, starts, lengths, date, LeftOutReason.NoCustomer);
            return;
        }
        if (!TryDate(date, out int day))
        {
            if (IsPassedOver(buffer, starts, lengths))
            {
                chunk.PassedOver++;
                return;
            }
            if (date.StartsWith("9999"u8) || date.StartsWith("0001"u8) || date.EndsWith("9999"u8) || date.StartsWith("0000"u8))
            {
                Reject(line, RejectReason.PlaceholderDate, _date, date, PlaceholderExpected);
                return;
            }
            Reject(line, RejectReason.BadDate, _date, date, $"a date like {_dates?.Example ?? "2024-02-28"} from {DateText.FirstYear} to {DateText.LastYear}; set the date format if yours differs");
            return;
        }
        if (day <= LastPlaceholder && Placeholders.Contains(day))
        {
            Reject(line, RejectReason.PlaceholderDate, _date, date, PlaceholderExpected);
            return;
        }
        if (day > _latest)
        {
            Reject(line, RejectReason.DateAfterToday, _date, date, $"a date up to {_options.LatestDay:yyyy-MM-dd} (date after today)");
            return;
        }
        if (!NumberText.TryParse(amountText, _separator, out double amount) && !TryWritten(amountText, out amount))
        {
            if (amountText.IsEmpty && _plan.BlankAmountGoesOn)
            {
                chunk.PassedOver++;
                return;
            }
            if (_currencyDiffers)
            {
                chunk.NotChosen++;
                return;
            }
            Reject(line, RejectReason.BadAmount, _amount, amountText, NumberExample);
            return;
        }
        if (_factor >= 0 && !TryMultiply(Field(buffer, starts, lengths, _factor), line, ref amount))
            return;
        if (_less >= 0 && !TryTakeOff(Field(buffer, starts, lengths, _less), line, ref amount))
            return;
        if (_chooser is not null)
            amount = (_chooser.IsRefund ? -Math.Abs(amount) : amount) * _chooser.Factor;
        if (amount <= 0 && IsIgnored(amount))
        {
            LeaveOut(buffer, starts, lengths, date, amount < 0 ? LeftOutReason.IgnoredReturn : LeftOutReason.IgnoredZero);
            return;
        }
        int row = chunk.Count;
        if (!_plainRow && !TryOptional(buffer, starts, lengths, line, row, amount))
            return;
        if (!_customers.TryAdd(customer))
        {
            Reject(line, RejectReason.InvalidText, _customer, customer, ValidText);
            return;
        }
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
        _chunk.Problems.Add(new RowProblem(line, reason, -1, found, expected));
    }

    /// <summary>Rejects a line for one of its fields before the record was read.</summary>
    public void RejectField(int line, RejectReason reason, int column, ReadOnlySpan<byte> found, string expected)
    {
        _chunk.Records++;
        Reject(line, reason, column, found, expected);
    }

    private const string PlaceholderExpected = "the day of the transaction instead of a date that stands for none";

    /// <summary>Set where the last amount is in another currency than the one that counts.</summary>
    private bool _currencyDiffers;

    /// <summary>Counts a line that is none of data.</summary>
    public void PassOver()
    {
        _chunk.Records++;
        _chunk.PassedOver++;
    }

    /// <summary>Whether a line is a comment, a total, a repeated header or padding.</summary>
    public bool IsPassedOver(string[] fields) =>
        fields[0].TrimStart() is ['#', ..] || Array.TrueForAll(fields, string.IsNullOrWhiteSpace)
        || (fields.FirstOrDefault(field => !string.IsNullOrWhiteSpace(field)) is { } first && TotalLines.IsTotal(first))
        || (_plan.HasHeader && fields.Length == _plan.Names.Length && fields[_date].Trim() == _plan.Names[_date] && fields[_customer].Trim() == _plan.Names[_customer]);

    private bool IsPassedOver(byte[] buffer, int[] starts, int[] lengths)
    {
        string[] fields = new string[starts.Length];
        for (int column = 0; column < fields.Length; column++)
            fields[column] = System.Text.Encoding.UTF8.GetString(buffer, starts[column], lengths[column]);
        return IsPassedOver(fields) || (string.IsNullOrWhiteSpace(fields[_date]) && Array.Exists(fields, TotalLines.IsTotal));
    }

    /// <summary>A number with thousands, currency or another sign: the way for what the fast one does not take.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryWritten(ReadOnlySpan<byte> text, out double value)
    {
        _currencyDiffers = false;
        if (!WrittenNumber.TryParse(text, _separator, out value, out int currency))
            return false;
        _currencies[currency < 0 ? _currencies.Length - 1 : currency]++;
        _currencyDiffers = _wantedCurrency >= 0 && currency >= 0 && currency != _wantedCurrency;
        return !_currencyDiffers;
    }

    private bool TryTakeOff(ReadOnlySpan<byte> text, int line, ref double amount)
    {
        if (text.IsEmpty)
            return true;
        if (!NumberText.TryParse(text, _separator, out double less) && !TryWritten(text, out less))
            return Reject(line, RejectReason.BadAmount, _less, text, NumberExample);
        amount -= Math.Abs(less);
        return true;
    }

    private bool TryOptional(byte[] buffer, int[] starts, int[] lengths, int line, int row, double amount)
    {
        RowChunk chunk = _chunk;
        double quantity = double.NaN, discount = double.NaN, margin = double.NaN, unitCost = double.NaN;
        if ((_quantity >= 0 && !TryNumber(buffer, starts, lengths, _quantity, line, out quantity))
            || (_discount >= 0 && !TryNumber(buffer, starts, lengths, _discount, line, out discount))
            || (_margin >= 0 && !TryNumber(buffer, starts, lengths, _margin, line, out margin))
            || (_unitCost >= 0 && !TryNumber(buffer, starts, lengths, _unitCost, line, out unitCost)))
            return false;
        if (_quantity >= 0)
            chunk.Quantities[row] = (float)quantity;
        if (_discount >= 0)
            chunk.Discounts[row] = (float)discount;
        if (_margin >= 0 || _unitCost >= 0)
            chunk.Margins[row] = (float)(double.IsNaN(margin) ? MarginOf(amount, quantity, unitCost) : margin);
        if (_order >= 0)
        {
            ReadOnlySpan<byte> order = Field(buffer, starts, lengths, _order);
            if (!Utf8.IsValid(order))
                return Reject(line, RejectReason.InvalidText, _order, order, ValidText);
            chunk.Orders[row] = OrderKey(order);
        }
        int code = -1;
        if (_product >= 0 && !TryName(buffer, starts, lengths, _product, _names.Products, int.MaxValue, line, out code))
            return false;
        if (_product >= 0)
            chunk.Products[row] = code;
        if (_category >= 0 && !TryName(buffer, starts, lengths, _category, _names.Categories, MostCategories, line, out code))
            return false;
        if (_category >= 0)
            chunk.Categories[row] = (ushort)code;
        if (_channel >= 0 && !TryName(buffer, starts, lengths, _channel, _names.Channels, MostChannels, line, out code))
            return false;
        if (_channel >= 0)
            chunk.Channels[row] = (byte)code;
        if (_hashed)
            chunk.Hashes[row] = Hash(buffer, starts, lengths);
        return true;
    }

    /// <summary>Money left after unit costs; a return gives its cost back.</summary>
    private static double MarginOf(double amount, double quantity, double unitCost)
    {
        double pieces = double.IsNaN(quantity) ? 1 : Math.Abs(quantity);
        return amount - (amount < 0 ? -pieces : pieces) * unitCost;
    }

    private bool TryName(byte[] buffer, int[] starts, int[] lengths, int column, NameCollector names, int most, int line, out int code)
    {
        ReadOnlySpan<byte> name = Field(buffer, starts, lengths, column);
        code = -1;
        if (name.IsEmpty)
            return true;
        code = names.Add(new NameKey(name), name);
        if (code < 0)
            return Reject(line, RejectReason.InvalidText, column, name, ValidText);
        return code < most ? true : throw TooMany(_path, _plan.Names[column], most);
    }

    /// <summary>A column with so many distinct values is no category or channel.</summary>
    public static BadDataException TooMany(string path, string column, int most) => new(
        $"{path}, column '{column}': found more than {most:N0} distinct values, expected at most {most:N0}; map it as product, or leave it out with a dash (for example category=-).");

    /// <summary>An optional number: NaN where the field is empty.</summary>
    private bool TryNumber(byte[] buffer, int[] starts, int[] lengths, int column, int line, out double value)
    {
        ReadOnlySpan<byte> text = Field(buffer, starts, lengths, column);
        value = double.NaN;
        if (text.IsEmpty)
            return true;
        return (NumberText.TryParse(text, _separator, out value) || TryWritten(text, out value)) && Math.Abs(value) <= float.MaxValue || Reject(line, RejectReason.BadNumber, column, text, QuantityExample);
    }

    private bool TryMultiply(ReadOnlySpan<byte> factor, int line, ref double amount)
    {
        if (!NumberText.TryParse(factor, _separator, out double times) && !TryWritten(factor, out times))
            return Reject(line, RejectReason.BadAmount, _factor, factor, NumberExample);
        amount *= times;
        return double.IsFinite(amount) || Reject(line, RejectReason.BadAmount, _factor, factor, "a product that a double can hold");
    }

    private bool IsIgnored(double amount)
    {
        if (amount < 0 && _options.Returns == ReturnsPolicy.Ignore)
        {
            _chunk.IgnoredReturns++;
            return true;
        }
        if (amount == 0 && _options.ZeroAmounts == ZeroAmounts.Ignore)
        {
            _chunk.IgnoredZeros++;
            return true;
        }
        return false;
    }

    private void LeaveOut(byte[] buffer, int[] starts, int[] lengths, ReadOnlySpan<byte> date, LeftOutReason reason)
    {
        if (_hashed && TryDate(date, out int day))
            _chunk.LeftOut.Add(new LeftOutLine(day, Hash(buffer, starts, lengths), reason));
    }

    private ulong Hash(byte[] buffer, int[] starts, int[] lengths)
    {
        ulong hash = 0;
        if (_hashAll)
        {
            for (int column = 0; column < starts.Length; column++)
                hash = LineHash.AddField(hash, buffer.AsSpan(starts[column], lengths[column]));
            return hash;
        }
        foreach (int column in (ReadOnlySpan<int>)[_customer, _date, _amount, _factor, _less, _order, _quantity, _product, _category, _channel, _discount, _unitCost, _margin])
            hash = LineHash.AddField(hash, column < 0 ? [] : Field(buffer, starts, lengths, column));
        return hash;
    }

    public static ulong OrderKey(ReadOnlySpan<byte> order)
    {
        if (order.Length > 8)
            return LineHash.Of(order);
        ulong key = 0;
        foreach (byte letter in order)
            key = key << 8 | letter;
        return key;
    }

    private bool TryDate(ReadOnlySpan<byte> text, out int day) =>
        _dates is null ? DateText.TryParse(text, out day) : _dates.TryParse(text, out day);

    private bool Reject(int line, RejectReason reason, int column, ReadOnlySpan<byte> found, string expected)
    {
        _chunk.Problems.Add(new RowProblem(line, reason, column, FieldText.Shown(found), expected));
        return false;
    }

    /// <summary>Nothing, or what databases and data frames write for nothing.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> customer)
    {
        if (customer.IsEmpty)
            return true;
        return customer.SequenceEqual("NULL"u8) || customer.SequenceEqual("null"u8) || customer.SequenceEqual("NaN"u8) || customer.SequenceEqual("nan"u8)
            || customer.SequenceEqual("None"u8) || customer.SequenceEqual("<NA>"u8);
    }

    /// <summary>A field without the blanks around it, unless it was quoted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Field(byte[] buffer, int[] starts, int[] lengths, int column)
    {
        ReadOnlySpan<byte> field = buffer.AsSpan(starts[column], lengths[column]);
        return field.Length > 0 && (field[0] <= ' ' || field[^1] <= ' ') ? Trim(buffer, field, starts[column]) : field;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Trim(byte[] buffer, ReadOnlySpan<byte> field, int start) =>
        start > 0 && buffer[start - 1] == '"' ? field : field.Trim(" \t"u8);
}
