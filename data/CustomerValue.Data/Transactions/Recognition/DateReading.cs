namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>One way of reading a date column. Days are <see cref="DateOnly.DayNumber"/>s.</summary>
internal abstract class DateReading
{
    /// <summary>The way in words, for example <c>day/month/year</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What <c>--date-format</c> takes to ask for this reading.</summary>
    public abstract string Option { get; }

    /// <summary>A date written this way.</summary>
    public abstract string Example { get; }

    /// <summary>How sure a reading is by its form alone; of two that fit alike and disagree, one at least 1 below the other gives way.</summary>
    public virtual int Rank => 0;

    /// <summary>Whether only months are told, so that every day is the first of its month.</summary>
    public virtual bool IsMonth => false;

    /// <summary>Whether the whole text is a date; <paramref name="dayNumber"/> is then its day.</summary>
    public abstract bool TryParse(ReadOnlySpan<byte> text, out int dayNumber);
}
