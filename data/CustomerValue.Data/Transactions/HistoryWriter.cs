using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions;

/// <summary>Writes histories, customer by customer and each oldest first, straight into the columns of a <see cref="TransactionLog"/>.</summary>
/// <param name="rows">Lines to make room for; more may come.</param>
public sealed class HistoryWriter(int rows)
{
    private readonly List<(string Id, int First)> _customers = [];
    private readonly NameCodes _today = new();
    private int[] _days = new int[Math.Max(rows, 1)];
    private double[] _amounts = new double[Math.Max(rows, 1)];
    private ushort[] _orders = new ushort[Math.Max(rows, 1)];
    private Column<float> _quantities = new(float.NaN), _discounts = new(float.NaN), _margins = new(float.NaN);
    private Column<int> _products = new(HistoryLine.Unknown);
    private Column<ushort> _categories = new(ushort.MaxValue);
    private Column<byte> _channels = new(byte.MaxValue);
    private char[] _firstOrder = [];
    private int _firstOrderLength, _first;
    private bool _anyOrder;
    private DateOnly? _tooManyOrders;

    /// <summary>Lines written.</summary>
    public int Count { get; private set; }

    /// <summary><see cref="DateOnly.DayNumber"/> of each line.</summary>
    public ReadOnlySpan<int> DayNumbers => _days.AsSpan(0, Count);

    /// <summary>Money of each line.</summary>
    public ReadOnlySpan<double> Amounts => _amounts.AsSpan(0, Count);

    /// <summary>Names of products.</summary>
    public NameCodes Products { get; } = new();

    /// <summary>Names of categories.</summary>
    public NameCodes Categories { get; } = new();

    /// <summary>Names of channels.</summary>
    public NameCodes Channels { get; } = new();

    /// <summary>Writes a line of the customer whose history is under way.</summary>
    /// <param name="line">The line; not before the one before it.</param>
    /// <param name="order">The order; lines of one order share it. Empty where it is not known.</param>
    /// <param name="hasOrder">Whether it is known.</param>
    public void Add(in HistoryLine line, ReadOnlySpan<char> order, bool hasOrder)
    {
        if (Count == _days.Length)
        {
            Array.Resize(ref _days, 2 * Count);
            Array.Resize(ref _amounts, 2 * Count);
            Array.Resize(ref _orders, 2 * Count);
        }
        _orders[Count] = OrdinalOf(order, line.Day);
        _anyOrder |= hasOrder;
        _days[Count] = line.Day.DayNumber;
        _amounts[Count] = line.Amount;
        if (!double.IsNaN(line.Quantity))
            _quantities.Set(Count, (float)line.Quantity, _days.Length);
        if (!double.IsNaN(line.Discount))
            _discounts.Set(Count, (float)line.Discount, _days.Length);
        if (!double.IsNaN(line.Margin))
            _margins.Set(Count, (float)line.Margin, _days.Length);
        if (line.Product != HistoryLine.Unknown)
            _products.Set(Count, line.Product, _days.Length);
        if (line.Category != HistoryLine.Unknown)
            _categories.Set(Count, (ushort)line.Category, _days.Length);
        if (line.Channel != HistoryLine.Unknown)
            _channels.Set(Count, (byte)line.Channel, _days.Length);
        Count++;
    }

    /// <summary>Ends a customer's history; one without lines is no part of the log.</summary>
    /// <exception cref="BadDataException">There are more orders on a day than a log can number.</exception>
    public void EndCustomer(string id)
    {
        if (_tooManyOrders is { } day)
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture,
                $"The transactions' order: found more than {ushort.MaxValue + 1:N0} orders of customer {id} on {day:yyyy-MM-dd}, expected at most as many; merge the customer's lines of that day."));
        if (Count > _first)
            _customers.Add((id, _first));
        _first = Count;
    }

    /// <summary>The log of what was written.</summary>
    /// <exception cref="InvalidOperationException">Nothing was written, or the days span more than 65,535 days.</exception>
    /// <exception cref="BadDataException">There are more channels or categories than a log can number.</exception>
    public TransactionLog Build()
    {
        if (Count == 0)
            throw new InvalidOperationException("A log needs at least one transaction.");
        int first = _days.AsSpan(0, Count)[0], last = first;
        foreach (int day in DayNumbers)
            (first, last) = (Math.Min(first, day), Math.Max(last, day));
        if (last - first > ushort.MaxValue)
            throw new InvalidOperationException($"The days run from {DateOnly.FromDayNumber(first):yyyy-MM-dd} to {DateOnly.FromDayNumber(last):yyyy-MM-dd}; a log spans at most {ushort.MaxValue} days.");
        Limit("category", Categories, ParserNames.MostCategories);
        Limit("channel", Channels, ParserNames.MostChannels);
        (Range[] parts, NameTable customers, int[] offsets) = Order();
        return new TransactionLog(customers, offsets, DateOnly.FromDayNumber(first), DateOnly.FromDayNumber(last), new TransactionColumns
        {
            Days = Array.ConvertAll(Gather(_days, parts), day => (ushort)(day - first)),
            Amounts = Gather(_amounts, parts),
            Orders = _anyOrder ? Gather(_orders, parts) : [],
            Quantities = _quantities.Gather(Count, parts),
            Products = _products.Gather(Count, parts),
            Categories = _categories.Gather(Count, parts),
            Channels = _channels.Gather(Count, parts),
            Discounts = _discounts.Gather(Count, parts),
            Margins = _margins.Gather(Count, parts),
            ProductNames = Products.ToTable(),
            CategoryNames = Categories.ToTable(),
            ChannelNames = Channels.ToTable(),
        });
    }

    /// <summary>The customers in ordinal order of their ids: stretches of lines that follow each other.</summary>
    private (Range[] Parts, NameTable Customers, int[] Offsets) Order()
    {
        (string Id, int First, int End)[] customers = new (string, int, int)[_customers.Count];
        bool sorted = true;
        for (int i = 0; i < customers.Length; i++)
        {
            customers[i] = (_customers[i].Id, _customers[i].First, i + 1 < customers.Length ? _customers[i + 1].First : Count);
            sorted &= i == 0 || string.CompareOrdinal(customers[i - 1].Id, customers[i].Id) < 0;
        }
        if (!sorted)
            Array.Sort(customers, (a, b) => string.CompareOrdinal(a.Id, b.Id));
        int[] offsets = new int[customers.Length + 1];
        for (int i = 0; i < customers.Length; i++)
            offsets[i + 1] = offsets[i] + customers[i].End - customers[i].First;
        return (sorted ? new[] { ..Count } : Array.ConvertAll(customers, customer => customer.First..customer.End), new NameTable(Array.ConvertAll(customers, customer => customer.Id)), offsets);
    }

    /// <summary>The number of an order among those of its customer's day; texts are kept only where a day has more than one.</summary>
    private ushort OrdinalOf(ReadOnlySpan<char> order, DateOnly day)
    {
        if (Count == _first || _days[Count - 1] != day.DayNumber)
        {
            if (_firstOrder.Length < order.Length)
                _firstOrder = new char[2 * order.Length];
            order.CopyTo(_firstOrder);
            _firstOrderLength = order.Length;
            if (_today.Count > 0)
                _today.Clear();
            return 0;
        }
        ReadOnlySpan<char> first = _firstOrder.AsSpan(0, _firstOrderLength);
        if (_today.Count == 0)
        {
            if (order.SequenceEqual(first))
                return 0;
            _today.Add(first);
        }
        int ordinal = _today.Add(order);
        if (ordinal > ushort.MaxValue)
            _tooManyOrders ??= day;
        return (ushort)ordinal;
    }

    private static void Limit(string column, NameCodes names, int most)
    {
        if (names.Count > most)
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture,
                $"The transactions' {column}: found {names.Count:N0} different names, expected at most {most:N0}; give them as products, or leave out what is no {column}."));
    }

    private static T[] Gather<T>(T[] values, Range[] parts)
    {
        if (parts.Length == 1)
            return values[parts[0]];
        T[] gathered = new T[parts.Sum(part => part.End.Value - part.Start.Value)];
        int at = 0;
        foreach (Range part in parts)
        {
            ReadOnlySpan<T> lines = values.AsSpan(part);
            lines.CopyTo(gathered.AsSpan(at));
            at += lines.Length;
        }
        return gathered;
    }

    /// <summary>A column that is there only where something of it is known.</summary>
    private struct Column<T>(T missing)
    {
        private T[]? _values;
        private int _filled;

        public void Set(int row, T value, int room)
        {
            if (_values is null || _values.Length <= row)
                Array.Resize(ref _values, room);
            _values.AsSpan(_filled, row - _filled).Fill(missing);
            _values[row] = value;
            _filled = row + 1;
        }

        public readonly T[] Gather(int rows, Range[] parts)
        {
            if (_values is null)
                return [];
            T[] values = _values.Length < rows ? [.. _values, .. new T[rows - _values.Length]] : _values;
            values.AsSpan(_filled, rows - _filled).Fill(missing);
            return HistoryWriter.Gather(values, parts);
        }
    }
}
