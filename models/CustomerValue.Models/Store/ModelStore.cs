using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CustomerValue.Data.Files;

namespace CustomerValue.Models.Store;

/// <summary>A folder of immutable model versions, with a one-line file that names the champion.</summary>
/// <remarks>
/// A version is written to a staging folder, flushed and then renamed; a process killed at any moment leaves either no new version or a whole one.
/// Staging folders of dead writers are swept by the next one.
/// </remarks>
public sealed partial class ModelStore
{
    private const string StagingPrefix = ".staging-";
    private const string LockName = ".lock";
    private const string ChampionName = "champion";
    private const string ChallengerName = "challenger";
    private const string TakenOffName = "challenger.off";
    private const string PromotionsName = "promotions";

    /// <summary>Promotions that are remembered for rolling back; older ones are forgotten.</summary>
    private const int MostPromotions = 1000;

    /// <summary>The one line of a file that names a version is not longer than this.</summary>
    private const int LongestLine = 200;

    private readonly TimeProvider _clock;
    private readonly TrustedKeys? _trusted;

    /// <summary>Opens a store; the folder is made with the first version.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="clock">Tells when versions are made.</param>
    /// <param name="trusted">Keys of which one must have signed a version that is opened; null where none need be signed.</param>
    public ModelStore(string folder, TimeProvider clock, TrustedKeys? trusted = null)
    {
        Folder = Path.GetFullPath(folder);
        (_clock, _trusted) = (clock, trusted);
    }

    /// <summary>Signs what is published; null where nothing is to be signed.</summary>
    public SigningKey? Signer { get; init; }

    /// <summary>The store's folder.</summary>
    public string Folder { get; }

    /// <summary>Path of the one-line file that names the champion; its replacement is what a server watches.</summary>
    public string ChampionPath => Path.Combine(Folder, ChampionName);

    /// <summary>The version that serves, or null before the first promotion.</summary>
    /// <exception cref="ModelStoreException">The file that names it cannot be read, or names no version.</exception>
    public string? Champion => ReadLine(ChampionName);

    /// <summary>Path of the one-line file that names the challenger.</summary>
    public string ChallengerPath => Path.Combine(Folder, ChallengerName);

    /// <summary>The version that is tried against the champion, or null.</summary>
    /// <exception cref="ModelStoreException">The file that names it cannot be read, or names no version.</exception>
    public string? Challenger => ReadLine(ChallengerName);

    /// <summary>Names of the versions, oldest first, damaged ones included: a folder that bears a version's name, a manifest or its seal. <see cref="Open"/> says what is wrong with one.</summary>
    /// <exception cref="ModelStoreException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Versions => !Directory.Exists(Folder) ? [] : Readable(() => (string[])
        [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)!).Where(LooksLikeVersion).Order(StringComparer.Ordinal)]);

    /// <summary>Opens a version.</summary>
    /// <exception cref="ModelStoreException">There is no such version, or its manifest is not what was published.</exception>
    public VersionReader Open(string version)
    {
        if (!FileNames.IsPlain(version) || !Directory.Exists(Path.Combine(Folder, version)))
            throw new ModelStoreException($"Store {Folder} holds no version '{version}'; there are {(Versions.Count == 0 ? "none yet: run train first" : string.Join(", ", Versions))}.");
        return new VersionReader(Path.Combine(Folder, version), _trusted);
    }

    /// <summary>Writes a version and makes it visible as the last step.</summary>
    /// <param name="write">Writes the model files and returns the manifest; its version, creation time, hash and file list are filled in here.</param>
    /// <param name="writeReports">Writes files that are made from the finished manifest and are no part of the model (card, report).</param>
    /// <returns>The manifest as published.</returns>
    public Manifest Publish(Func<VersionWriter, Manifest> write, Action<VersionWriter, Manifest>? writeReports = null)
    {
        Directory.CreateDirectory(Folder);
        SweepStaging();
        string staging = Path.Combine(Folder, StagingPrefix + Path.GetRandomFileName());
        Directory.CreateDirectory(staging);
        FileStream hold = new(Path.Combine(staging, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            VersionWriter writer = new(staging);
            Manifest manifest = write(writer);
            DateTimeOffset now = _clock.GetUtcNow();
            string hash = HashOf(writer.Files);
            manifest = manifest with { Format = Manifest.CurrentFormat, Created = now, ModelHash = hash, Version = FreeName(now, hash) };
            writeReports?.Invoke(writer, manifest);
            manifest = manifest with { Files = [.. writer.Files] };
            writer.WriteJson(VersionReader.ManifestName, manifest);
            writer.Write(VersionReader.SealName, Encoding.UTF8.GetBytes(writer.Files[^1].Sha256 + "\n"));
            if (Signer is not null)
                writer.Write(VersionReader.SignatureName, Encoding.UTF8.GetBytes(Signer.Sign(File.ReadAllBytes(Path.Combine(staging, VersionReader.ManifestName))) + "\n"));
            hold.Dispose();
            File.Delete(hold.Name);
            Directory.Move(staging, Path.Combine(Folder, manifest.Version));
            return manifest;
        }
        catch
        {
            hold.Dispose();
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
            throw;
        }
    }

    /// <summary>Makes a version the champion after checking every file of it.</summary>
    /// <exception cref="ModelStoreException">There is no such version, it is damaged, or the store cannot be written; the champion stays.</exception>
    public void Promote(string version)
    {
        Open(version).VerifyFiles();
        Remember(version);
        Write(ChampionPath, version + "\n");
        if (File.Exists(ChallengerPath) && Challenger == version)
            TakeOff();
    }

    /// <summary>Signs a version after checking every file of it and that it was not changed since it was published, in the place of an earlier signature.</summary>
    /// <exception cref="ModelStoreException">There is no such version, it is damaged, or the store cannot be written; nothing is signed.</exception>
    public void Sign(string version, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        VersionReader reader = new ModelStore(Folder, _clock).Open(version);
        reader.VerifyFiles();
        Write(Path.Combine(reader.Folder, VersionReader.SignatureName), key.Sign(reader.ManifestBytes) + "\n");
    }

    /// <summary>Makes a version the challenger after checking every file of it.</summary>
    /// <exception cref="ModelStoreException">There is no such version, it is damaged, it is the champion, or the store cannot be written; the challenger stays.</exception>
    public void Challenge(string version)
    {
        Open(version).VerifyFiles();
        if (version == Champion)
            throw new ModelStoreException($"Version {version} is the champion of store {Folder}; expected another one to be tried against it.");
        Write(ChallengerPath, version + "\n");
    }

    /// <summary>Takes the challenger off; the file that named it stays beside as <c>challenger.off</c>.</summary>
    /// <returns>The version that was taken off; null where there was none.</returns>
    /// <exception cref="ModelStoreException">The store cannot be written.</exception>
    public string? TakeOff()
    {
        string? version = Challenger;
        if (File.Exists(ChallengerPath))
            Writable(() => File.Move(ChallengerPath, Path.Combine(Folder, TakenOffName), overwrite: true));
        return version;
    }

    /// <summary>Makes the champion before the present one serve again.</summary>
    /// <returns>The version that serves now.</returns>
    /// <exception cref="ModelStoreException">There was no champion before, it is damaged, or the store cannot be written; the champion stays.</exception>
    public string Rollback()
    {
        string? current = Champion;
        List<string> promotions = Promotions();
        int position = current is null ? -1 : promotions.FindLastIndex(line => VersionOf(line) == current);
        int earlier = position <= 0 ? -1 : promotions.FindLastIndex(position - 1, line => VersionOf(line) != current && Versions.Contains(VersionOf(line)));
        if (earlier < 0)
            throw new ModelStoreException($"Store {Folder} knows no champion before {current ?? "the first"}; promote a version by name instead.");
        string former = VersionOf(promotions[earlier]);
        Open(former).VerifyFiles();
        // The champion first: where the program is killed in between, those promotions are forgotten by the next one.
        Write(ChampionPath, former + "\n");
        WritePromotions(promotions.Take(earlier + 1));
        return former;
    }

    /// <summary>The files that a version's model hash is taken of: all but manifest and reports. They come first in the manifest.</summary>
    /// <exception cref="ModelStoreException">The manifest's files do not give its hash.</exception>
    public static IReadOnlyList<StoredFile> ModelFiles(Manifest manifest)
    {
        for (int count = 1; count <= manifest.Files.Count; count++)
        {
            StoredFile[] files = [.. manifest.Files.Take(count)];
            if (HashOf(files) == manifest.ModelHash)
                return files;
        }
        throw new ModelStoreException($"The files of version {manifest.Version} do not give its model hash {manifest.ModelHash}. Train it again with this program.");
    }

    private string? ReadLine(string name) => ReadName(name) is not { } line ? null : FileNames.IsPlain(line) ? line
        : throw new ModelStoreException($"{Path.Combine(Folder, name)}: found no name of a version, expected one line with a name such as 20240901-031500-1f2e3d4c. Promote a version again.");

    /// <summary>The one line of a file, whatever it says; null where there is none.</summary>
    private string? ReadName(string name)
    {
        string path = Path.Combine(Folder, name);
        string line = Readable(() =>
        {
            try
            {
                using StreamReader reader = new(path);
                char[] text = new char[LongestLine];
                return new string(text, 0, reader.ReadBlock(text)).Trim();
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                return ""; // not looked for first: it may be taken away in between
            }
        });
        return line.Length == 0 ? null : line;
    }

    /// <summary>Adds a promotion to those that can be rolled back to, in the place of any behind the champion's: whoever wrote those was killed before they were made, or they were rolled back.</summary>
    private void Remember(string version)
    {
        List<string> promotions = Promotions();
        int made = ReadName(ChampionName) is { } champion ? promotions.FindLastIndex(line => VersionOf(line) == champion) : -1;
        if (made >= 0)
            promotions.RemoveRange(made + 1, promotions.Count - made - 1);
        promotions.Add($"{_clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)} {version}");
        WritePromotions(promotions.TakeLast(promotions.Count > MostPromotions ? MostPromotions / 2 : MostPromotions));
    }

    /// <summary>The promotions that were made, oldest first.</summary>
    private List<string> Promotions()
    {
        string path = Path.Combine(Folder, PromotionsName);
        return Readable(() => File.Exists(path) ? [.. File.ReadAllLines(path).Where(line => VersionOf(line).Length > 0)] : (List<string>)[]);
    }

    private void WritePromotions(IEnumerable<string> lines) => Write(Path.Combine(Folder, PromotionsName), string.Concat(lines.Select(line => line + "\n")));

    private static string VersionOf(string promotion) => promotion[(promotion.LastIndexOf(' ') + 1)..];

    private bool LooksLikeVersion(string name) => name[0] != '.'
        && (VersionName().IsMatch(name) || File.Exists(Path.Combine(Folder, name, VersionReader.ManifestName)) || File.Exists(Path.Combine(Folder, name, VersionReader.SealName)));

    private T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException($"Model store {Folder} cannot be read: {error.Message.TrimEnd('.')}. Give this user access, or another store.", error);
        }
    }

    private void Write(string path, string text) => Writable(() => WholeFile.Write(path, text, FileReaders.Anyone));

    private void Writable(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException($"Model store {Folder} cannot be written: {error.Message.TrimEnd('.')}. Make space there, or let this user write.", error) { IsUnwritable = true };
        }
    }

    [GeneratedRegex(@"^[0-9]{8}-[0-9]{6}-[0-9a-f]{8}(-[0-9]+)?$")]
    private static partial Regex VersionName();

    private string FreeName(DateTimeOffset now, string hash)
    {
        string stem = $"{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{hash[..8]}", name = stem;
        for (int copy = 2; Directory.Exists(Path.Combine(Folder, name)); copy++)
            name = $"{stem}-{copy}";
        return name;
    }

    private static string HashOf(IReadOnlyList<StoredFile> files)
    {
        StringBuilder text = new();
        foreach (StoredFile file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
            text.Append(file.Name).Append(' ').Append(file.Sha256).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Removes staging folders whose writer is gone: its lock can be taken.</summary>
    private void SweepStaging()
    {
        // What programs before this one left where they were killed between writing the champion's file and giving it its name.
        foreach (string path in Directory.EnumerateFiles(Folder, ChampionName + ".*.tmp"))
            if (_clock.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) > TimeSpan.FromMinutes(1))
                File.Delete(path);
        foreach (string path in Directory.EnumerateDirectories(Folder, StagingPrefix + "*"))
        {
            string lockPath = Path.Combine(path, LockName);
            try
            {
                if (File.Exists(lockPath))
                    new FileStream(lockPath, FileMode.Open, FileAccess.Write, FileShare.None).Dispose();
                else if (_clock.GetUtcNow().UtcDateTime - Directory.GetCreationTimeUtc(path) < TimeSpan.FromMinutes(1))
                    continue; // a writer between making the folder and taking the lock, or between the last file and the rename
                Directory.Delete(path, recursive: true);
            }
            catch (IOException)
            {
                // Another process holds the lock: its version is still being written.
            }
        }
    }
}
