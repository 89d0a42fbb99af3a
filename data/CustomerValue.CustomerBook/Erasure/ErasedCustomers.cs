using System.Security.Cryptography;
using System.Text;

namespace CustomerValue.CustomerBook.Erasure;

/// <summary>
/// Customers who were erased and are not to come back with the next file. Of each a keyed hash of the id is kept (HMAC-SHA-256, RFC 2104), from which nobody without the key learns an id,
/// in <c>erased.txt</c> beside the models; the key is <c>erased.key</c>, a file that its owner alone may read.
/// </summary>
public sealed class ErasedCustomers
{
    private const string ListName = "erased.txt", KeyName = "erased.key", LockName = ".erased.lock", Start = "erased-";
    private const int KeyBytes = 32, MarkLetters = 2 * KeyBytes, AliasLetters = 16, MostAttempts = 500, WaitMilliseconds = 10;

    private readonly HashSet<string> _marks;
    private readonly byte[] _key;

    private ErasedCustomers(HashSet<string> marks, byte[] key) => (_marks, _key) = (marks, key);

    /// <summary>Nobody was erased.</summary>
    public static ErasedCustomers None { get; } = new([], []);

    /// <summary>How many were erased.</summary>
    public int Count => _marks.Count;

    /// <summary>Whether a customer was erased.</summary>
    public bool Contains(string customer) => _marks.Count > 0 && _marks.Contains(MarkOf(_key, customer));

    /// <summary>Those erased from what a folder of models says.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <exception cref="CustomerBookException">There is a list whose key is gone: who was erased cannot be told any more.</exception>
    public static ErasedCustomers In(string folder)
    {
        string list = Path.Combine(folder, ListName), key = Path.Combine(folder, KeyName);
        if (!File.Exists(list))
            return None;
        HashSet<string> marks = [.. MarksOf(list)];
        if (marks.Count > 0 && !File.Exists(key))
            throw WithoutKey(list, marks.Count);
        return new ErasedCustomers(marks, marks.Count == 0 ? [] : File.ReadAllBytes(key));
    }

    /// <summary>Adds a customer to the list of a folder; who is on it already stays once.</summary>
    /// <returns>The name that stands for the customer where a row must stay: <c>erased-0123456789abcdef</c>.</returns>
    /// <exception cref="CustomerBookException">The list cannot be written; nobody was added.</exception>
    public static string Add(string folder, string customer)
    {
        try
        {
            return Write(folder, customer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CustomerBookException($"The list of erased customers in {folder} cannot be written: {error.Message} Check that the place may be written and has space left; nothing was erased.", error);
        }
    }

    private static string Write(string folder, string customer)
    {
        Directory.CreateDirectory(folder);
        using FileStream held = Hold(Path.Combine(folder, LockName));
        string list = Path.Combine(folder, ListName);
        HashSet<string> marks = File.Exists(list) ? [.. MarksOf(list)] : [];
        // A new key would make strangers of all who were erased under the old one.
        if (marks.Count > 0 && !File.Exists(Path.Combine(folder, KeyName)))
            throw WithoutKey(list, marks.Count);
        using FileStream file = Open(Path.Combine(folder, KeyName), FileShare.ReadWrite);
        byte[] key = new byte[KeyBytes];
        if (file.ReadAtLeast(key, KeyBytes, throwOnEndOfStream: false) < KeyBytes)
        {
            RandomNumberGenerator.Fill(key);
            file.SetLength(0);
            file.Write(key);
            file.Flush(flushToDisk: true);
        }
        string mark = MarkOf(key, customer);
        if (!marks.Contains(mark))
        {
            using FileStream end = Open(list, FileShare.ReadWrite);
            end.Seek(0, SeekOrigin.End);
            end.Write(Encoding.ASCII.GetBytes($"\n{mark}\n"));
            end.Flush(flushToDisk: true);
        }
        return Start + mark[..AliasLetters];
    }

    private static IEnumerable<string> MarksOf(string list) => File.ReadLines(list).Where(line => line.Length == MarkLetters && line.All(char.IsAsciiHexDigitLower));

    private static CustomerBookException WithoutKey(string list, int count) =>
        new($"{list}: found {count} erased customers and no {KeyName} beside it, expected the key by which they are known again: without it they would come back. Restore the key from a backup, or remove {ListName} if they may.");

    private static string MarkOf(byte[] key, string customer) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(customer)));

    /// <summary>Lets one writer in at a time, also of several programs, so that nobody is lost between two; waits for the one before.</summary>
    private static FileStream Hold(string path)
    {
        for (int attempt = 0; ; attempt++)
            try
            {
                return Open(path, FileShare.None);
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                Thread.Sleep(WaitMilliseconds);
            }
    }

    private static FileStream Open(string path, FileShare share)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
