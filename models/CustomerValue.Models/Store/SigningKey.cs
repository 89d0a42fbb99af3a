using System.Security.Cryptography;
using CustomerValue.Data.Files;

namespace CustomerValue.Models.Store;

/// <summary>A private key with which versions are signed: ECDSA on the curve P-256 over the SHA-256 of the manifest (FIPS 186-5).</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>What the file of the public key is named beyond that of the private one.</summary>
    public const string PublicEnding = ".pub";

    /// <summary>Object identifier of the curve P-256.</summary>
    private const string Curve = "1.2.840.10045.3.1.7";

    private const int MaxBytes = 1 << 16;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly ECDsa _key;

    private SigningKey(ECDsa key) => _key = key;

    /// <summary>Makes a pair of keys: the private one in a file for its owner alone, the public one beside it.</summary>
    /// <param name="path">File of the private key; it must not be there.</param>
    /// <param name="store">Folder of the store, where no private key may lie.</param>
    /// <returns>File of the public key.</returns>
    /// <exception cref="ModelStoreException">A file is there already, lies in the store, or cannot be written.</exception>
    public static string New(string path, string store)
    {
        ThrowIfWithin(path, store);
        string shown = path + PublicEnding;
        if (File.Exists(path) || File.Exists(shown))
            throw new ModelStoreException($"{(File.Exists(path) ? path : shown)}: found a file, expected none: a key that signed versions must not be lost. Give another --out.");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            WholeFile.Write(path, key.ExportPkcs8PrivateKeyPem() + "\n", FileReaders.Owner);
            WholeFile.Write(shown, key.ExportSubjectPublicKeyInfoPem() + "\n", FileReaders.Anyone);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException($"{path} cannot be written: {error.Message.TrimEnd('.')}. Give another --out.", error);
        }
        return shown;
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="path">A file of PEM for its owner alone.</param>
    /// <param name="store">Folder of the store, where no private key may lie.</param>
    /// <exception cref="ModelStoreException">The file cannot be read, lies in the store, is readable by others, or holds no such key.</exception>
    public static SigningKey Read(string path, string store)
    {
        ThrowIfWithin(path, store);
        string text = ReadText(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new ModelStoreException($"{path}: found a private key that others may read or write, expected one for its owner alone; chmod 600 it, and make another if somebody did.");
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            if (IsP256(key) && key.ExportParameters(includePrivateParameters: true).D is not null)
                return new SigningKey(key);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            // Said below.
        }
        key.Dispose();
        throw new ModelStoreException($"{path}: found no private key of the curve P-256 in PEM, expected one such as keys sign-new writes.");
    }

    /// <summary>Signs a content.</summary>
    /// <returns>The signature in DER, as base64.</returns>
    internal string Sign(ReadOnlySpan<byte> content) => Convert.ToBase64String(_key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal static bool IsP256(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve.Oid is { } curve && (curve.Value ?? Oid.FromFriendlyName(curve.FriendlyName!, OidGroup.All).Value) == Curve;

    internal static string ReadText(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes ? File.ReadAllText(path) : throw new ModelStoreException($"{path}: found more than {MaxBytes} bytes, expected keys in PEM.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException($"{path} cannot be read: {error.Message.TrimEnd('.')}. Name the file of the key.", error);
        }
    }

    internal static void ThrowIfWithin(string path, string store)
    {
        if (Path.GetFullPath(path).StartsWith(Path.GetFullPath(store).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ModelStoreException($"{path} lies in the model store {store}, expected keys elsewhere: whoever can write to the store must not be able to sign, nor to say whom to trust.");
    }
}
