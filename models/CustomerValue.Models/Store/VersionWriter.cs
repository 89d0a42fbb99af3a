using System.Security.Cryptography;
using System.Text.Json;
using CustomerValue.Data.Files;

namespace CustomerValue.Models.Store;

/// <summary>Writes the files of one version into its staging folder; every file is flushed to disk and remembered with length and SHA-256.</summary>
public sealed class VersionWriter
{
    private readonly string _folder;
    private readonly List<StoredFile> _files = [];

    internal VersionWriter(string folder) => _folder = folder;

    /// <summary>Files written so far, in order.</summary>
    public IReadOnlyList<StoredFile> Files => _files;

    /// <summary>Whether a file of this name was written: parts that several models share are written once.</summary>
    public bool Has(string name) => _files.Exists(file => file.Name == name);

    /// <summary>Writes one file.</summary>
    /// <exception cref="ArgumentException">The name is not a plain file name, or was written before.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        if (!FileNames.IsPlain(name) || Has(name))
            throw new ArgumentException($"'{name}' is not a plain file name or was written before.", nameof(name));
        WholeFile.Write(Path.Combine(_folder, name), content, FileReaders.Anyone);
        _files.Add(new StoredFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
    }

    /// <summary>Writes one file from what the action puts into a stream.</summary>
    public void Write(string name, Action<Stream> write)
    {
        using MemoryStream buffer = new();
        write(buffer);
        Write(name, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Writes a value as JSON with the store's conventions: snake_case, numbers in round-trip form.</summary>
    public void WriteJson<T>(string name, T value) => Write(name, JsonSerializer.SerializeToUtf8Bytes(value, StoreJson.Options));
}
