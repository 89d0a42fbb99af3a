using System.Security.Cryptography;
using System.Text.Json;

namespace CustomerValue.Models.Store;

/// <summary>Reads the files of one published version; each is checked against the manifest's length and SHA-256 before a byte is interpreted.</summary>
public sealed class VersionReader
{
    internal const string ManifestName = "manifest.json";
    internal const string SealName = "manifest.sha256";
    internal const string SignatureName = "manifest.sig";
    private const int MaxSignatureBytes = 200;
    private const long MaxManifestBytes = 64 << 20;

    /// <summary>Files as they were read and checked: each is read once, so that what was verified is what is used.</summary>
    private readonly Dictionary<string, byte[]> _checked = new(StringComparer.Ordinal);

    internal VersionReader(string folder, TrustedKeys? trusted)
    {
        Folder = folder;
        (Manifest, ManifestBytes) = ReadManifest(folder, trusted);
    }

    /// <summary>The manifest's file, as it was checked.</summary>
    internal byte[] ManifestBytes { get; }

    /// <summary>The version's folder.</summary>
    public string Folder { get; }

    /// <summary>What the version is.</summary>
    public Manifest Manifest { get; }

    /// <summary>Content of one file.</summary>
    /// <exception cref="ModelStoreException">The file is not of the version, is missing, or differs from what was published.</exception>
    public byte[] Read(string name)
    {
        StoredFile file = Manifest.Files.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ModelStoreException($"Version {Manifest.Version} holds no file '{name}'; expected one of {string.Join(", ", Manifest.Files.Select(f => f.Name))}. Train it again with this program.");
        return ReadChecked(file.Name, file.Bytes, file.Sha256);
    }

    /// <summary>A file written by <see cref="VersionWriter.WriteJson"/>.</summary>
    /// <exception cref="ModelStoreException">As <see cref="Read(string)"/>, or the content is not what this program expects.</exception>
    public T ReadJson<T>(string name) => Parse<T>(Path.Combine(Folder, name), Read(name));

    /// <summary>Checks every file, and that no file stands beside them which the manifest does not know.</summary>
    /// <exception cref="ModelStoreException">Something differs from what was published.</exception>
    public void VerifyFiles()
    {
        foreach (StoredFile file in Manifest.Files)
            ReadChecked(file.Name, file.Bytes, file.Sha256);
        HashSet<string> known = [ManifestName, SealName, SignatureName, .. Manifest.Files.Select(file => file.Name)];
        foreach (string path in Entries())
            if (!known.Contains(Path.GetFileName(path)))
                throw new ModelStoreException($"{path}: found a file that the manifest of version {Manifest.Version} does not know; a version is never changed after publishing. Remove the file.");
    }

    private string[] Entries()
    {
        try
        {
            return Directory.GetFileSystemEntries(Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException($"{Folder} cannot be read: {error.Message} Promote another version or train again.", error);
        }
    }

    private static (Manifest Manifest, byte[] Content) ReadManifest(string folder, TrustedKeys? trusted)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null)
            throw new ModelStoreException($"{folder}: found a link, expected the version's own folder: a version holds what was published and nothing else. Copy the folder there, or train again.");
        string path = Path.Combine(folder, ManifestName), sealPath = Path.Combine(folder, SealName);
        string expected = File.Exists(sealPath)
            ? System.Text.Encoding.UTF8.GetString(ReadLimited(sealPath, 65))
            : throw new ModelStoreException($"{sealPath} is missing or may not be read: the version is not whole. Promote another version or train again.");
        byte[] content = ReadLimited(path, MaxManifestBytes);
        if (Convert.ToHexStringLower(SHA256.HashData(content)) + "\n" != expected)
            throw new ModelStoreException($"{path}: the content does not have the SHA-256 that {SealName} states; one of the two was changed after publishing. Promote another version or train again.");
        if (trusted is not null)
            ThrowUnlessSigned(folder, content, trusted);
        Manifest manifest = Parse<Manifest>(path, content);
        if (manifest.Format != Manifest.CurrentFormat)
            throw new ModelStoreException($"{path}: found format {manifest.Format}, expected {Manifest.CurrentFormat}. Use the program version that wrote it ({manifest.Product}), or train again.");
        if (manifest.Version != Path.GetFileName(folder))
            throw new ModelStoreException($"{path}: states version {manifest.Version}, but stands in folder {Path.GetFileName(folder)}. Rename the folder back.");
        if (manifest.Files.Any(file => file is null) || manifest.Files.DistinctBy(file => file.Name).Count() != manifest.Files.Count)
            throw new ModelStoreException($"{path}: found a file named twice or not at all. Train the version again.");
        _ = ModelStore.ModelFiles(manifest);
        return (manifest, content);
    }

    /// <summary>Hashes say that nothing was changed by chance; only a signature says that nobody who can write to the store changed all of it.</summary>
    private static void ThrowUnlessSigned(string folder, byte[] manifest, TrustedKeys trusted)
    {
        string path = Path.Combine(folder, SignatureName);
        if (!File.Exists(path))
            throw new ModelStoreException($"{path} is missing: the version is not signed, expected a signature of one of the {trusted.Count} trusted key(s). Sign it with models sign, if it is yours, or promote another.");
        if (!trusted.Signed(manifest, System.Text.Encoding.UTF8.GetString(ReadLimited(path, MaxSignatureBytes)).Trim()))
            throw new ModelStoreException($"{path}: none of the {trusted.Count} trusted key(s) signed this manifest: it was changed after it was signed, or signed with another key. Promote another version, or train and sign again.");
    }

    private byte[] ReadChecked(string name, long bytes, string sha256)
    {
        if (_checked.TryGetValue(name, out byte[]? known))
            return known;
        if (!FileNames.IsPlain(name))
            throw new ModelStoreException($"{Folder}: the manifest names a file '{name}' outside the version folder.");
        string path = Path.Combine(Folder, name);
        if (new FileInfo(path).LinkTarget is not null)
            throw new ModelStoreException($"{path}: found a link, expected the file that was published. Promote another version or train again.");
        byte[] content = ReadLimited(path, bytes);
        string found = Convert.ToHexStringLower(SHA256.HashData(content));
        return content.Length == bytes && found == sha256
            ? _checked[name] = content
            : throw new ModelStoreException($"{path}: found {content.Length} bytes with SHA-256 {found[..12]}..., expected {bytes} with {sha256[..12]}...; the file was changed after publishing. Promote another version or train again.");
    }

    private static byte[] ReadLimited(string path, long maxBytes)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > maxBytes)
                throw new ModelStoreException($"{path}: found {stream.Length} bytes, expected at most {maxBytes}; the file was changed after publishing. Promote another version or train again.");
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException($"{path} cannot be read: {error.Message} Promote another version or train again.", error);
        }
    }

    private static T Parse<T>(string path, byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, StoreJson.Options)
                ?? throw new ModelStoreException($"{path} holds only null. Train the version again.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new ModelStoreException($"{path}: {error.Message} Train the version again with this program.", error);
        }
    }
}
