namespace CustomerValue.Training.Hosting;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The program is at fault.</summary>
    public const int Bug = 1;

    /// <summary>The command line or the configuration file is not understood.</summary>
    public const int Usage = 2;

    /// <summary>A file cannot be read or written, or what it holds cannot be used.</summary>
    public const int BadData = 3;

    /// <summary>The champion does not beat the best naive rule; it was saved and not promoted.</summary>
    public const int QualityGate = 4;

    /// <summary>The model store, a version in it, or the customer book is missing, damaged or cannot be written.</summary>
    public const int Store = 5;

    /// <summary>The data have drifted away from what the model was trained on.</summary>
    public const int Drift = 6;

    /// <summary>Ctrl+C or SIGTERM.</summary>
    public const int Cancelled = 130;
}
