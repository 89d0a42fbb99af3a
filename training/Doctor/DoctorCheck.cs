namespace CustomerValue.Training.Doctor;

/// <summary>How a check came out.</summary>
internal enum CheckState
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>Works, with a reservation or before a first step.</summary>
    Note,

    /// <summary>Must be mended before the program can serve.</summary>
    Broken,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it came out.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do; empty where nothing is to be done.</param>
internal sealed record DoctorCheck(string Name, CheckState State, string Found, string Advice = "")
{
    /// <summary>Where it was looked at; empty where the name says it.</summary>
    public string Place { get; init; } = "";

    /// <summary>What was expected; empty where it was found.</summary>
    public string Expected { get; init; } = "";
}
