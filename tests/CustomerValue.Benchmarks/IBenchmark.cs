namespace CustomerValue.Benchmarks;

/// <summary>One benchmark of the command line; a class with a parameterless constructor is found by itself.</summary>
internal interface IBenchmark
{
    /// <summary>The word that selects it.</summary>
    string Name { get; }

    /// <summary>What is measured, against which peer.</summary>
    string Summary { get; }

    /// <summary>Runs it and returns the exit code; 2 says that the peer is missing and how to install it.</summary>
    int Run(string[] args);
}
