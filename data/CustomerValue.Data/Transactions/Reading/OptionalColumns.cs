using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Fills what a row has beside customer, day and amount, where the file has columns for it. One a thread.</summary>
internal sealed class OptionalColumns
{
    private readonly string _path;
    private readonly ColumnPlan _plan;
    private readonly ParserNames _names;
    private readonly NumberReader _numbers;
    private readonly LineProblems _problems;
    private readonly int _order, _quantity, _product, _category, _channel, _discount, _unitCost, _margin;
    private readonly bool _hasNumbers;

    public OptionalColumns(FileLayout layout, ParserNames names, NumberReader numbers, LineProblems problems)
    {
        ColumnPlan plan = layout.Plan;
        (_path, _plan, _names, _numbers, _problems) = (layout.Source.Name, plan, names, numbers, problems);
        (_order, _quantity, _product, _category) = (plan.Held(ColumnRole.Order), plan.Held(ColumnRole.Quantity), plan.Held(ColumnRole.Product), plan.Held(ColumnRole.Category));
        (_channel, _discount, _unitCost, _margin) = (plan.Held(ColumnRole.Channel), plan.Held(ColumnRole.Discount), plan.Held(ColumnRole.UnitCost), plan.Held(ColumnRole.Margin));
        if (_unitCost >= 0)
            _quantity = plan[ColumnRole.Quantity]; // the margin takes it
        _hasNumbers = _quantity >= 0 || _discount >= 0 || _unitCost >= 0 || _margin >= 0;
        Any = _hasNumbers || _order >= 0 || _product >= 0 || _category >= 0 || _channel >= 0;
    }

    /// <summary>Whether the file has any of them.</summary>
    public bool Any { get; }

    /// <summary>Fills a row; false where one of the fields was rejected.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFill(RowChunk chunk, Record record, int line, int row, double amount)
    {
        if (_hasNumbers && !TryNumbers(chunk, record, line, row, amount))
            return false;
        if (_order >= 0)
        {
            ReadOnlySpan<byte> order = record[_order];
            if (!Utf8.IsValid(order))
                return _problems.Reject(line, RejectReason.InvalidText, _order, order, LineProblems.ValidText);
            chunk.Orders[row] = ParserNames.OrderKey(order);
        }
        int code = -1;
        if (_product >= 0)
        {
            if (!TryName(record[_product], _names.Products, _product, int.MaxValue, line, out code))
                return false;
            chunk.Products[row] = code;
        }
        if (_category >= 0)
        {
            if (!TryName(record[_category], _names.Categories, _category, ParserNames.MostCategories, line, out code))
                return false;
            chunk.Categories[row] = (ushort)code;
        }
        if (_channel >= 0)
        {
            if (!TryName(record[_channel], _names.Channels, _channel, ParserNames.MostChannels, line, out code))
                return false;
            chunk.Channels[row] = (byte)code;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNumbers(RowChunk chunk, Record record, int line, int row, double amount)
    {
        double quantity = double.NaN, discount = double.NaN, margin = double.NaN, unitCost = double.NaN;
        if ((_quantity >= 0 && !TryNumber(record[_quantity], _quantity, line, out quantity))
            || (_discount >= 0 && !TryNumber(record[_discount], _discount, line, out discount))
            || (_margin >= 0 && !TryNumber(record[_margin], _margin, line, out margin))
            || (_unitCost >= 0 && !TryNumber(record[_unitCost], _unitCost, line, out unitCost)))
            return false;
        if (chunk.Quantities.Length > 0)
            chunk.Quantities[row] = (float)quantity;
        if (_discount >= 0)
            chunk.Discounts[row] = (float)discount;
        if (_margin >= 0 || _unitCost >= 0)
            chunk.Margins[row] = (float)(double.IsNaN(margin) ? MarginOf(amount, quantity, unitCost) : margin);
        return true;
    }

    /// <summary>Money left after unit costs; a return gives its cost back.</summary>
    private static double MarginOf(double amount, double quantity, double unitCost)
    {
        double pieces = double.IsNaN(quantity) ? 1 : Math.Abs(quantity);
        return amount - (amount < 0 ? -pieces : pieces) * unitCost;
    }

    /// <summary>An optional number: NaN where the field is empty.</summary>
    private bool TryNumber(ReadOnlySpan<byte> text, int column, int line, out double value)
    {
        value = double.NaN;
        if (text.IsEmpty)
            return true;
        return (_numbers.TryRead(text, out value) && Math.Abs(value) <= float.MaxValue) || _problems.Reject(line, RejectReason.BadNumber, column, text, LineProblems.QuantityExample);
    }

    /// <summary>Code of an optional name: -1 where the field is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryName(ReadOnlySpan<byte> name, NameCollector names, int column, int most, int line, out int code)
    {
        code = -1;
        if (name.IsEmpty)
            return true;
        code = names.Add(new NameKey(name), name);
        return (uint)code < (uint)most || Refuse(name, column, most, line, code);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refuse(ReadOnlySpan<byte> name, int column, int most, int line, int code) =>
        code < 0 ? _problems.Reject(line, RejectReason.InvalidText, column, name, LineProblems.ValidText) : throw ParserNames.TooMany(_path, _plan.Names[column], most);
}
