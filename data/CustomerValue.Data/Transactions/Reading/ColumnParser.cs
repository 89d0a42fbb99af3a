using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Turns batches of typed columns into chunks without a way through text. One a thread.</summary>
/// <remarks>
/// Takes only batches in which every role has the type it should: text or whole numbers for names, moments for the date, numbers for numbers, and none missing where
/// a row needs one. Any other batch goes through text, where each bad value is told.
/// </remarks>
internal sealed class ColumnParser(FileLayout layout, ReaderOptions options, ParserNames names, int parser, int[] wanted)
{
    private const int SecondsADay = 86_400, LongestNumber = 24;

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    private readonly int _latest = options.LatestDay?.DayNumber ?? int.MaxValue;
    private byte[] _digits = [];

    /// <summary>The chunk of a batch, or null where one of its values needs the way through text.</summary>
    public RowChunk? Parse(ColumnBatch batch)
    {
        ColumnPlan plan = layout.Plan;
        BatchColumn? Of(int column) => column < 0 ? null : batch.Columns[Array.IndexOf(wanted, column)];
        RowChunk chunk = new(plan, parser, batch.Rows, hashed: false) { Count = batch.Rows, Records = batch.Rows };
        return Days(Of(plan[ColumnRole.Date]), chunk)
            && Amounts(Of(plan[ColumnRole.Amount]), Of(plan.AmountFactor), chunk)
            && Customers(Of(plan[ColumnRole.Customer]), chunk)
            && Numbers(Of(plan[ColumnRole.Quantity]), chunk.Quantities) && Numbers(Of(plan[ColumnRole.Discount]), chunk.Discounts) && Numbers(Of(plan[ColumnRole.Margin]), chunk.Margins)
            && Orders(Of(plan[ColumnRole.Order]), chunk)
            && Names(Of(plan[ColumnRole.Product]), names.Products, int.MaxValue, code => chunk.Products[code.Row] = code.Code, batch.Rows)
            && Names(Of(plan[ColumnRole.Category]), names.Categories, ParserNames.MostCategories, code => chunk.Categories[code.Row] = (ushort)code.Code, batch.Rows)
            && Names(Of(plan[ColumnRole.Channel]), names.Channels, ParserNames.MostChannels, code => chunk.Channels[code.Row] = (byte)code.Code, batch.Rows)
            ? chunk : null;
    }

    private bool Days(BatchColumn? column, RowChunk chunk)
    {
        if (column is not MomentColumn moments || (moments.IsUtc && options.TimeZone is not null))
            return false;
        ReadOnlySpan<long> seconds = moments.Seconds;
        int[] days = chunk.Days;
        int first = int.MaxValue, last = int.MinValue;
        for (int row = 0; row < seconds.Length; row++)
        {
            long second = seconds[row];
            int day = Epoch + (int)Math.Clamp(second >= 0 ? second / SecondsADay : -((-second + SecondsADay - 1) / SecondsADay), -Epoch, 1_000_000);
            days[row] = day;
            first = Math.Min(first, day);
            last = Math.Max(last, day);
        }
        (chunk.FirstDay, chunk.LastDay) = (first, last);
        return first > Epoch && last <= _latest && last < new DateOnly(DateText.LastYear, 12, 31).DayNumber;
    }

    private bool Amounts(BatchColumn? column, BatchColumn? factor, RowChunk chunk)
    {
        if (layout.Plan[ColumnRole.Amount] < 0)
        {
            chunk.Amounts.AsSpan().Clear();
            return true;
        }
        if (layout.Plan.AmountLess >= 0 || !TryCopy(column, chunk.Amounts))
            return false;
        if (factor is not null)
        {
            double[] times = new double[chunk.Count];
            if (!TryCopy(factor, times))
                return false;
            for (int row = 0; row < times.Length; row++)
                chunk.Amounts[row] *= times[row];
        }
        foreach (double amount in chunk.Amounts)
            if (!double.IsFinite(amount) || (amount <= 0 && (options.Returns == ReturnsPolicy.Ignore || options.ZeroAmounts == ZeroAmounts.Ignore)))
                return false;
        return true;
    }

    private static bool TryCopy(BatchColumn? column, double[] target)
    {
        switch (column)
        {
            case NumberColumn numbers:
                numbers.Values.CopyTo(target);
                return true;
            case IntegerColumn whole:
                for (int row = 0; row < target.Length; row++)
                    target[row] = whole.IsMissing(row) ? double.NaN : whole.Values[row];
                return true;
            default:
                return false;
        }
    }

    private static bool Numbers(BatchColumn? column, float[] target)
    {
        if (column is null)
            return true;
        double[] values = new double[target.Length];
        if (!TryCopy(column, values))
            return false;
        for (int row = 0; row < values.Length; row++)
            target[row] = (float)values[row];
        return true;
    }

    private bool Customers(BatchColumn? column, RowChunk chunk)
    {
        if (column is TextColumn { IsCoded: false } text)
        {
            CustomerLookup lookup = new(names.Customers);
            lookup.Begin(text.Buffer, chunk.Customers);
            for (int row = 0; row < chunk.Count; row++)
                if (text.Text(row) is var name && (name.Length <= 4 && ParserNames.IsMissing(name) || !lookup.TryAdd(name)))
                    return false;
            lookup.Resolve();
            return true;
        }
        return Names(column, names.Customers, int.MaxValue, code => chunk.Customers[code.Row] = code.Code, chunk.Count) && !chunk.Customers.AsSpan(0, chunk.Count).Contains(-1);
    }

    private static bool Orders(BatchColumn? column, RowChunk chunk)
    {
        if (column is null)
            return true;
        byte[] digits = new byte[LongestNumber];
        for (int row = 0; row < chunk.Count; row++)
            switch (column)
            {
                case TextColumn text:
                    chunk.Orders[row] = text.Code(row) is var code and >= 0 ? ParserNames.OrderKey(text.Text(code)) : 0;
                    break;
                case IntegerColumn whole when !whole.IsMissing(row):
                    whole.Values[row].TryFormat(digits, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
                    chunk.Orders[row] = ParserNames.OrderKey(digits.AsSpan(0, length));
                    break;
                case IntegerColumn:
                    chunk.Orders[row] = 0;
                    break;
                default:
                    return false;
            }
        return true;
    }

    private bool Names(BatchColumn? column, NameCollector collector, int most, Action<(int Row, int Code)> set, int rows)
    {
        switch (column)
        {
            case null:
                return true;
            case TextColumn text:
                int[] known = new int[text.Count];
                Array.Fill(known, -2);
                for (int row = 0; row < rows; row++)
                {
                    int place = text.Code(row);
                    int code = place < 0 ? -1 : known[place];
                    if (code == -2)
                    {
                        ReadOnlySpan<byte> name = text.Text(place);
                        code = name.IsEmpty || (ReferenceEquals(collector, names.Customers) && name.Length <= 4 && ParserNames.IsMissing(name)) ? -1 : collector.Add(new NameKey(name), name);
                        if (code >= most)
                            return false;
                        known[place] = code;
                    }
                    set((row, code));
                }
                return true;
            case IntegerColumn whole:
                if (_digits.Length == 0)
                    _digits = new byte[LongestNumber + Block.Padding];
                for (int row = 0; row < rows; row++)
                {
                    int code = -1;
                    if (!whole.IsMissing(row))
                    {
                        whole.Values[row].TryFormat(_digits, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
                        ReadOnlySpan<byte> name = _digits.AsSpan(0, length);
                        code = collector.Add(new NameKey(name), name);
                    }
                    if (code >= most)
                        return false;
                    set((row, code));
                }
                return true;
            default:
                return false;
        }
    }
}
