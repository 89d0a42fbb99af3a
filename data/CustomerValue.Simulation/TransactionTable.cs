namespace CustomerValue.Simulation;

/// <summary>Writes lines as rows of transactions.csv.</summary>
internal static class TransactionTable
{
    public static string Header(SimulatedColumns columns) => columns switch
    {
        SimulatedColumns.Minimal => "customer_id,date,amount\n",
        SimulatedColumns.Usual => "customer_id,date,product,channel,amount\n",
        _ => "customer_id,order_id,date,product,category,channel,quantity,amount,discount,unit_cost\n",
    };

    public static void Write(TableText text, CustomerBlock block, Utf8Buffer buffer)
    {
        SimulatedColumns columns = text.Options.Columns;
        bool timestamps = text.Options.Timestamps;
        foreach (ref readonly SimulatedLine line in block.Lines)
        {
            buffer.BeginRow();
            TableText.Customer(buffer, line.Customer);
            if (columns == SimulatedColumns.All)
            {
                buffer.Raw("O"u8);
                buffer.RawNumber(line.Customer + 1L, 6);
                buffer.Raw("-"u8);
                buffer.Number(line.Order);
            }

            if (timestamps)
                Moment(buffer, text.Date(line.Day), line.Minute);
            else
                buffer.Field(text.Date(line.Day));
            if (columns != SimulatedColumns.Minimal)
                Goods(text, buffer, line, columns);
            buffer.Cents(line.AmountCents);
            if (columns == SimulatedColumns.All)
            {
                buffer.Cents(line.DiscountCents);
                buffer.Cents(line.UnitCostCents);
            }

            buffer.EndRow();
        }
    }

    private static void Goods(TableText text, Utf8Buffer buffer, in SimulatedLine line, SimulatedColumns columns)
    {
        buffer.Field(text.Product(line.Product));
        if (columns == SimulatedColumns.All)
            buffer.Field(TableText.Categories[ProductCatalogue.CategoryOf(line.Product)]);
        buffer.Field(TableText.Channels[line.Channel]);
        if (columns == SimulatedColumns.All)
            buffer.Number(line.Quantity);
    }

    private static void Moment(Utf8Buffer buffer, ReadOnlySpan<byte> date, int minute)
    {
        buffer.Raw(date);
        buffer.Raw("T"u8);
        buffer.RawNumber(minute / 60, 2);
        buffer.Raw(":"u8);
        buffer.RawNumber(minute % 60, 2);
        buffer.Field(":00"u8);
    }
}
