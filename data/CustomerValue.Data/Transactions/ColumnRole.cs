namespace CustomerValue.Data.Transactions;

/// <summary>What a column of a transaction file means. Customer, date and amount are needed; the others are read where they exist.</summary>
public enum ColumnRole
{
    /// <summary>Customer id, any text.</summary>
    Customer,

    /// <summary>Moment of the transaction; its day counts.</summary>
    Date,

    /// <summary>Money of the line; negative for a return. May be a product of two columns.</summary>
    Amount,

    /// <summary>Order or invoice id, any text.</summary>
    Order,

    /// <summary>Pieces.</summary>
    Quantity,

    /// <summary>Product name or code.</summary>
    Product,

    /// <summary>Product category.</summary>
    Category,

    /// <summary>Sales channel.</summary>
    Channel,

    /// <summary>Money of discount given on the line.</summary>
    Discount,

    /// <summary>Money that one piece costs; gives the margin where no margin column exists.</summary>
    UnitCost,

    /// <summary>Money left of the line after unit costs.</summary>
    Margin,
}
