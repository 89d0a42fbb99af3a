namespace CustomerValue.Training.Train;

/// <summary>When a freshly trained version becomes the champion of the store.</summary>
internal enum Promotion
{
    /// <summary>Where it beats the best naive rule on the holdout, or where nothing could be measured.</summary>
    Auto,

    /// <summary>In any case.</summary>
    Always,

    /// <summary>Not now: <c>models promote</c> does it later.</summary>
    Never,
}
