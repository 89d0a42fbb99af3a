using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Inputs;

/// <summary>Standard input as a file: recognition looks at a text more than once, which a pipe does not allow.</summary>
internal static class StandardInput
{
    private const string FileName = "standard-input";

    /// <summary>Copies standard input to a temporary file, which is deleted when the program ends.</summary>
    public static string ToFile(CommandEnvironment environment)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("customer-value-input-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        string path = Path.Combine(folder.FullName, FileName);
        using Stream input = environment.OpenInput();
        using FileStream file = File.Create(path);
        input.CopyTo(file);
        return path;
    }
}
