namespace CustomerValue.Data.Windows;

/// <summary>The past that may be known, <c>[Origin, Cutoff)</c>, and the future that is to be predicted, <c>[Cutoff, Cutoff + HorizonDays)</c>; both half-open, in days.</summary>
/// <remarks><see cref="IsFeature(DateOnly)"/> and <see cref="IsOutcome(DateOnly)"/> are the only two questions anyone asks of dates.</remarks>
public sealed record ObservationWindow
{
    /// <summary>Shortest horizon allowed, in days.</summary>
    public const int MinHorizonDays = 7;

    /// <summary>Longest horizon allowed, in days.</summary>
    public const int MaxHorizonDays = 730;

    /// <summary>A window of what is known and what follows.</summary>
    /// <param name="origin">First day that is looked at.</param>
    /// <param name="cutoff">First day of the future; everything before it is known.</param>
    /// <param name="horizonDays">Length of the future in days, 7 to 730.</param>
    /// <exception cref="ArgumentOutOfRangeException">The origin is not before the cutoff, or the horizon lies outside its range.</exception>
    public ObservationWindow(DateOnly origin, DateOnly cutoff, int horizonDays)
    {
        if (origin >= cutoff)
            throw new ArgumentOutOfRangeException(nameof(origin), origin, $"The origin must lie before the cutoff {cutoff:yyyy-MM-dd}.");
        if (horizonDays is < MinHorizonDays or > MaxHorizonDays)
            throw new ArgumentOutOfRangeException(nameof(horizonDays), horizonDays, $"A horizon lies between {MinHorizonDays} and {MaxHorizonDays} days.");
        Origin = origin;
        Cutoff = cutoff;
        HorizonDays = horizonDays;
    }

    /// <summary>First day of the known past.</summary>
    public DateOnly Origin { get; }

    /// <summary>First day of the future.</summary>
    public DateOnly Cutoff { get; }

    /// <summary>Length of the future in days.</summary>
    public int HorizonDays { get; }

    /// <summary>Last day of the known past, <c>Cutoff - 1</c>; T counts to it.</summary>
    public DateOnly LastObservedDay => Cutoff.AddDays(-1);

    /// <summary>First day after the future, <c>Cutoff + HorizonDays</c>.</summary>
    public DateOnly End => Cutoff.AddDays(HorizonDays);

    /// <summary>Whether the day belongs to the known past.</summary>
    public bool IsFeature(DateOnly day) => day >= Origin && day < Cutoff;

    /// <summary>Whether the day belongs to the future that is predicted.</summary>
    public bool IsOutcome(DateOnly day) => day >= Cutoff && day < End;

    /// <inheritdoc/>
    public override string ToString() => $"[{Origin:yyyy-MM-dd}, {Cutoff:yyyy-MM-dd}) then {HorizonDays} days";
}
