namespace CustomerValue.Data.Windows;

/// <summary>The past that may be known, <c>[Origin, Cutoff)</c>, and the future that is to be predicted, <c>[Cutoff, Cutoff + Horizon)</c>; both half-open, in days.</summary>
public sealed record ObservationWindow
{
    /// <summary>Earliest day anything is looked at, 1900-01-01.</summary>
    public static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>A window of what is known and what follows.</summary>
    /// <param name="cutoff">First day of the future; everything before it is known.</param>
    /// <param name="horizon">Length of the future, <see cref="Horizon.MinDays"/> to <see cref="Horizon.MaxDays"/> days.</param>
    /// <param name="origin">First day that is looked at; <see cref="Earliest"/> unless told.</param>
    /// <exception cref="ArgumentOutOfRangeException">The origin is not before the cutoff, or the horizon lies outside its range.</exception>
    public ObservationWindow(DateOnly cutoff, Horizon horizon, DateOnly? origin = null)
    {
        Origin = origin ?? Earliest;
        if (Origin >= cutoff)
            throw new ArgumentOutOfRangeException(nameof(origin), Origin, $"The origin must lie before the cutoff {cutoff:yyyy-MM-dd}.");
        if (horizon.Days is < Horizon.MinDays or > Horizon.MaxDays)
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon.Days, $"A horizon lies between {Horizon.MinDays} and {Horizon.MaxDays} days.");
        Cutoff = cutoff;
        Horizon = horizon;
    }

    /// <summary>First day of the known past.</summary>
    public DateOnly Origin { get; }

    /// <summary>First day of the future.</summary>
    public DateOnly Cutoff { get; }

    /// <summary>Length of the future.</summary>
    public Horizon Horizon { get; }

    /// <summary>Last day of the known past, <c>Cutoff - 1</c>; T counts to it.</summary>
    public DateOnly LastObservedDay => Cutoff.AddDays(-1);

    /// <summary>First day after the future, <c>Cutoff + Horizon</c>.</summary>
    public DateOnly End => Horizon.After(Cutoff);

    /// <summary>Last day of the future.</summary>
    public DateOnly LastDay => End.AddDays(-1);

    /// <summary>The window that looks ahead as far from another day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is not after the origin.</exception>
    public ObservationWindow At(DateOnly cutoff) => new(cutoff, Horizon, Origin);

    /// <inheritdoc/>
    public override string ToString() => $"[{Origin:yyyy-MM-dd}, {Cutoff:yyyy-MM-dd}) then {Horizon}";
}
