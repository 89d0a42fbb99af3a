using System.Security.Cryptography;

namespace CustomerValue.Models.Store;

/// <summary>Public keys of those whose versions may serve; several while one takes the place of another.</summary>
public sealed class TrustedKeys
{
    private const string Expected = "expected one or more public keys of the curve P-256 in PEM, such as keys sign-new writes beside the private one";

    private readonly IReadOnlyList<byte[]> _keys;

    private TrustedKeys(IReadOnlyList<byte[]> keys) => _keys = keys;

    /// <summary>How many there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Reads keys.</summary>
    /// <param name="path">A file of PEM, one block a key.</param>
    /// <param name="store">Folder of the store: whoever can write there must not be able to say who is trusted.</param>
    /// <exception cref="ModelStoreException">The file cannot be read, lies in the store, or holds no such keys.</exception>
    public static TrustedKeys Read(string path, string store)
    {
        SigningKey.ThrowIfWithin(path, store);
        string text = SigningKey.ReadText(path);
        List<byte[]> keys = [];
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out PemFields found); rest = rest[found.Location.End..])
        {
            using ECDsa key = ECDsa.Create();
            string label = rest[found.Label].ToString();
            if (label != "PUBLIC KEY")
                throw new ModelStoreException($"{path}: found a block '{label}', {Expected}.");
            try
            {
                key.ImportFromPem(rest[found.Location]);
            }
            catch (Exception error) when (error is ArgumentException or CryptographicException)
            {
                throw new ModelStoreException($"{path}: found a key that cannot be read, {Expected}.", error);
            }
            if (!SigningKey.IsP256(key))
                throw new ModelStoreException($"{path}: found a key of another kind or curve, {Expected}.");
            keys.Add(key.ExportSubjectPublicKeyInfo());
        }
        return keys.Count > 0 ? new TrustedKeys(keys) : throw new ModelStoreException($"{path}: found no key, {Expected}.");
    }

    /// <summary>Whether one of the keys signed a content.</summary>
    internal bool Signed(ReadOnlySpan<byte> content, string signature)
    {
        byte[] bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out int length))
            return false;
        foreach (byte[] known in _keys)
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(known, out _);
            if (key.VerifyData(content, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
                return true;
        }
        return false;
    }
}
