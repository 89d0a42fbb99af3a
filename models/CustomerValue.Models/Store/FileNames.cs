namespace CustomerValue.Models.Store;

/// <summary>What may name a file or a version: letters, digits, dot, dash and underscore, not starting with a dot. Keeps every path inside its folder.</summary>
internal static class FileNames
{
    public static bool IsPlain(string name) => name.Length is > 0 and <= 120 && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
