namespace CustomerValue.Boosting;

/// <summary>The binary model format, version 1; little-endian throughout.</summary>
/// <remarks>
/// <code>
/// header    "CVGB" | version int | flags int (1: rows bring base margins) | objective text
/// starts    count int | double each
/// features  count int | each: name text | kind int | levels int | each level: text | levels x bin byte, padded to 4
/// trees     count int | each: nodes int | sets int | nodes x 28 bytes | sets x 4 words of 64 bits
/// node      left int | feature int | threshold float | set int, bit 31 of feature: missing goes left | value float | gain float | cover float
/// text      bytes int | UTF-8, padded to 4
/// </code>
/// </remarks>
internal static class BoosterFormat
{
    public const int Magic = 0x4247_5643, Version = 1, BaseMarginFlag = 1;

    public const int NodeBytes = 28, LeastTextBytes = 4, LeastFeatureBytes = 12, LeastTreeBytes = 8 + NodeBytes;

    /// <summary>Marks, in a node's feature field, that missing values go left.</summary>
    public const int MissingLeftBit = int.MinValue;
}
