namespace CustomerValue.Data.Transactions;

/// <summary>What a column of a transaction file means. Customer and date are needed, and an amount where there is money; the others are read where they exist.</summary>
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

    /// <summary>Code or sign of the currency of the line. Not kept in the log: a log has one currency.</summary>
    Currency,

    /// <summary>State of the order, such as paid or cancelled. Not kept in the log: lines are chosen by it.</summary>
    Status,

    /// <summary>What the line is, such as sale or refund. Not kept in the log: lines are chosen by it.</summary>
    Type,
}
