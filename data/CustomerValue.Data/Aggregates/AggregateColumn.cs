namespace CustomerValue.Data.Aggregates;

/// <summary>What an aggregate looks at. "Day" columns have one value a purchase day, "line" columns one a row.</summary>
/// <remarks>
/// Quantity, discount, margin, product, category and channel may be unknown: where no row of the customer's past knows one, its aggregates are missing
/// (NaN); where some do, only those are seen. So a customer alone gives what it gives among others.
/// </remarks>
public enum AggregateColumn
{
    /// <summary>A purchase day. First and last give its <see cref="DateOnly.DayNumber"/>.</summary>
    Day,

    /// <summary>Money of a day after the returns policy. Its sum also holds days that have only returns; everything else looks at purchase days.</summary>
    Spend,

    /// <summary>Money of a purchase day other than the customer's first in the past.</summary>
    RepeatSpend,

    /// <summary>Money of the rows of amount zero or more, before any return.</summary>
    Gross,

    /// <summary>Rows of amount zero or more.</summary>
    Line,

    /// <summary>Orders; a purchase day without order ids is one order.</summary>
    Order,

    /// <summary>Rows of negative amount; their sum is positive money, on the day of the return, before netting.</summary>
    Return,

    /// <summary>Pieces bought.</summary>
    Quantity,

    /// <summary>Money of discount given.</summary>
    Discount,

    /// <summary>Money of margin; netting a day's spend scales its margin by the same share.</summary>
    Margin,

    /// <summary>Days from a purchase day back to the one before it anywhere in the past; it belongs to the later day.</summary>
    Gap,

    /// <summary>Calendar month of a purchase day.</summary>
    Month,

    /// <summary>Day of the week of a purchase day; the level is <c>1</c> (Monday) to <c>7</c>.</summary>
    Weekday,

    /// <summary>Product of a line.</summary>
    Product,

    /// <summary>Category of a line. First gives the position among the catalogue's levels of the one with most money that day, ties to the earlier level.</summary>
    Category,

    /// <summary>Channel of a line; count takes a level. First gives the position as for <see cref="Category"/>.</summary>
    Channel,
}
