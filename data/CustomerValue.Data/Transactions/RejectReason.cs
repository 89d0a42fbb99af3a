namespace CustomerValue.Data.Transactions;

/// <summary>Why a line was rejected.</summary>
public enum RejectReason
{
    /// <summary>The date is missing, malformed, no day of the calendar, or outside 1900 to 2200.</summary>
    BadDate,

    /// <summary>The date stands for none: 1900-01-01, 1970-01-01, 9999-12-31 and the like.</summary>
    PlaceholderDate,

    /// <summary>The date lies after <see cref="ReaderOptions.LatestDay"/>.</summary>
    DateAfterToday,

    /// <summary>The amount, or a factor of it, is missing, malformed, infinite or too large.</summary>
    BadAmount,

    /// <summary>A quantity, discount, unit cost or margin is malformed, infinite or too large.</summary>
    BadNumber,

    /// <summary>The line has more or fewer fields than the header.</summary>
    WrongFieldCount,

    /// <summary>A field that is read is not valid UTF-8.</summary>
    InvalidText,

    /// <summary>The line is longer than 1 MiB.</summary>
    LineTooLong,

    /// <summary>A quoted field does not end.</summary>
    OpenQuote,

    /// <summary>Text follows a closing quote before the next delimiter.</summary>
    TextAfterQuote,
}
