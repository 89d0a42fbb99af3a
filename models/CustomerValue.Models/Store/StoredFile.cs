namespace CustomerValue.Models.Store;

/// <summary>One file of a version, as the manifest knows it.</summary>
/// <param name="Name">File name inside the version folder.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
public sealed record StoredFile(string Name, long Bytes, string Sha256);
