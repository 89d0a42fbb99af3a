using System.Text;

namespace CustomerValue.Serving.Trainer;

/// <summary>A file that somebody brings, for the program that trains to read.</summary>
internal static class BroughtFile
{
    /// <summary>Bytes of one file.</summary>
    public const long MostBytes = 4L << 30;

    private const int LongestName = 100;

    /// <summary>The last part of a name, of letters, digits, dots, dashes and underscores: its ending says what is in the file.</summary>
    public static string NameOf(string sent)
    {
        StringBuilder safe = new();
        foreach (char letter in Path.GetFileName(sent.Replace('\\', '/')))
            safe.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_');
        string text = safe.ToString().TrimStart('.', '-');
        return text.Length switch { 0 => "upload.csv", > LongestName => text[^LongestName..], _ => text };
    }

    /// <summary>Makes a folder that its owner alone may look into.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes a file that its owner alone may read; what is written is not kept back, so that a full disk is told where it is met.</summary>
    public static FileStream Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
