using System.Runtime.CompilerServices;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Turns batches of typed columns into chunks without a way through text. One a thread.</summary>
/// <remarks>
/// Takes only batches in which every role has the type it should: text or whole numbers for names, moments for the date, numbers for numbers, and none missing where
/// a row needs one. Any other batch goes through text, where each bad value is told.
/// </remarks>
internal sealed class ColumnParser(FileLayout layout, ReaderOptions options, ParserNames names, int parser, int[] wanted, OtherCustomers? others)
{
    private const int SecondsADay = 86_400;

    private static readonly int s_epoch = new DateOnly(1970, 1, 1).DayNumber, s_lastDay = new DateOnly(DateText.LastYear, 12, 31).DayNumber;

    private readonly int _latest = Math.Min(options.LatestDay?.DayNumber ?? int.MaxValue, s_lastDay);
    private readonly CustomerLookup _customers = new(names.Customers);
    private readonly ColumnNames _names = new();
    private int[] _codes = [];
    private double[] _numbers = [];

    /// <summary>The chunk of a batch, or null where one of its values needs the way through text.</summary>
    public RowChunk? Parse(ColumnBatch batch)
    {
        ColumnPlan plan = layout.Plan;
        BatchColumn? Of(int column) => column < 0 ? null : batch.Columns[Array.IndexOf(wanted, column)];
        RowChunk chunk = new(plan, parser, batch.Rows, hashed: false) { Count = batch.Rows, Records = batch.Rows };
        if (_codes.Length < batch.Rows)
            (_codes, _numbers) = (new int[batch.Rows], new double[batch.Rows]);
        return Days(Of(plan[ColumnRole.Date]), chunk)
            && Amounts(Of(plan[ColumnRole.Amount]), Of(plan.AmountFactor), chunk)
            && Customers(Of(plan[ColumnRole.Customer]), chunk)
            && Numbers(Of(plan.Held(ColumnRole.Quantity)), chunk.Quantities) && Numbers(Of(plan.Held(ColumnRole.Discount)), chunk.Discounts) && Numbers(Of(plan.Held(ColumnRole.Margin)), chunk.Margins)
            && (Of(plan.Held(ColumnRole.Order)) is not { } orders || _names.TryKeys(orders, chunk.Orders))
            && (Of(plan.Held(ColumnRole.Product)) is not { } products || _names.TryCodes(products, names.Products, int.MaxValue, chunk.Products))
            && Narrow(Of(plan.Held(ColumnRole.Category)), names.Categories, ParserNames.MostCategories, chunk.Categories)
            && Narrow(Of(plan.Held(ColumnRole.Channel)), names.Channels, ParserNames.MostChannels, chunk.Channels)
            ? others is null ? chunk : others.TakeFrom(chunk) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            // Before 1970, or a value that is missing: the way through text tells which.
            if ((ulong)second > (ulong)SecondsADay * 1_000_000)
                return false;
            int day = s_epoch + (int)(second / SecondsADay);
            days[row] = day;
            first = Math.Min(first, day);
            last = Math.Max(last, day);
        }
        (chunk.FirstDay, chunk.LastDay) = (first, last);
        return first > s_epoch && last <= _latest;
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
            Span<double> times = _numbers.AsSpan(0, chunk.Count);
            if (!TryCopy(factor, times))
                return false;
            for (int row = 0; row < times.Length; row++)
                chunk.Amounts[row] *= times[row];
        }
        bool positive = options.Returns == ReturnsPolicy.Ignore || options.ZeroAmounts == ZeroAmounts.Ignore;
        return AllFinite(chunk.Amounts, positive);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AllFinite(ReadOnlySpan<double> amounts, bool positive)
    {
        foreach (double amount in amounts)
            if (!double.IsFinite(amount) || (positive && amount <= 0))
                return false;
        return true;
    }

    private static bool TryCopy(BatchColumn? column, Span<double> target)
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

    private bool Numbers(BatchColumn? column, float[] target)
    {
        if (column is null)
            return true;
        Span<double> values = _numbers.AsSpan(0, target.Length);
        if (!TryCopy(column, values))
            return false;
        for (int row = 0; row < values.Length; row++)
            target[row] = (float)values[row];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Customers(BatchColumn? column, RowChunk chunk)
    {
        if (column is not null && others is not null)
            return _names.TryCodes(column, names.Customers, int.MaxValue, chunk.Customers, ParserNames.IsMissing, others.IsOther) && !chunk.Customers.AsSpan(0, chunk.Count).Contains(-1);
        if (column is TextColumn { IsCoded: false } text)
        {
            _customers.Begin(text.Buffer, chunk.Customers);
            for (int row = 0; row < chunk.Count; row++)
                if (text.Text(row) is var name && ((name.Length <= 4 && ParserNames.IsMissing(name)) || ColumnNames.HasBlanks(name) || !_customers.TryAdd(name)))
                    return false;
            _customers.Resolve();
            return true;
        }
        return column is not null && _names.TryCodes(column, names.Customers, int.MaxValue, chunk.Customers, ParserNames.IsMissing) && !chunk.Customers.AsSpan(0, chunk.Count).Contains(-1);
    }

    /// <summary>Codes of a smaller type; all its bits for none.</summary>
    private bool Narrow<T>(BatchColumn? column, NameCollector collector, int most, T[] target) where T : struct, System.Numerics.IBinaryInteger<T>
    {
        if (column is null)
            return true;
        if (!_names.TryCodes(column, collector, most, _codes.AsSpan(0, target.Length)))
            return false;
        for (int row = 0; row < target.Length; row++)
            target[row] = T.CreateTruncating(_codes[row]);
        return true;
    }
}
