using System.Text;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Tells from its bytes how a text is encoded, and reads it as UTF-8.</summary>
/// <remarks>
/// Marks decide first, then zero bytes (UTF-16), then validity: text that is UTF-8 is hardly ever anything else. What is left is judged by its high bytes:
/// Shift-JIS leads with 0x81 to 0x9F, GB18030 writes pairs of high bytes, and in Western text most high bytes stand alone between letters.
/// </remarks>
internal static class TextEncodings
{
    /// <summary>The names that can be asked for.</summary>
    public static readonly string[] Names = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "gb18030", "shift-jis"];

    private const double MostlyPairs = 0.8, ShiftJisLeads = 0.2;

    /// <summary>Bytes that mean letters or the euro sign in ISO-8859-15 and seldom used signs in Windows-1252.</summary>
    private static readonly byte[] s_latin9Letters = [0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE];

    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding behind one of <see cref="Names"/>, which throws nothing on broken text; null for another name.</summary>
    public static Encoding? ByName(string name) => name.ToLowerInvariant() switch
    {
        "utf-8" or "utf8" => new UTF8Encoding(false),
        "utf-16le" or "utf-16" or "utf16" or "utf-16-le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        "utf-16be" or "utf-16-be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        "windows-1252" or "cp1252" or "latin1" or "iso-8859-1" => Encoding.GetEncoding(1252),
        "iso-8859-15" or "latin9" => Encoding.GetEncoding(28605),
        "gb18030" or "gbk" or "gb2312" => Encoding.GetEncoding(54936),
        "shift-jis" or "shift_jis" or "sjis" or "cp932" => Encoding.GetEncoding(932),
        _ => null,
    };

    /// <summary>Name of the encoding that a sample is written in.</summary>
    public static string Recognise(ReadOnlySpan<byte> sample)
    {
        switch (sample)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                return "utf-8";
            case [0xFF, 0xFE, ..]:
                return "utf-16le";
            case [0xFE, 0xFF, ..]:
                return "utf-16be";
        }
        if (ZeroBytes(sample) is { } utf16)
            return utf16;
        int high = CountHigh(sample);
        if (high == 0 || LooksLikeUtf8(sample))
            return "utf-8";
        (int leads, int paired) = (0, 0);
        for (int i = 0; i < sample.Length; i++)
        {
            if (sample[i] is >= 0x81 and <= 0x9F)
                leads++;
            if (sample[i] >= 0xA1 && i + 1 < sample.Length && sample[i + 1] >= 0xA1)
            {
                paired += 2;
                i++;
            }
        }
        if (leads >= ShiftJisLeads * high && IsValid(sample, 932))
            return "shift-jis";
        if (paired >= MostlyPairs * high && IsValid(sample, 54936))
            return "gb18030";
        return LooksLikeLatin9(sample) ? "iso-8859-15" : "windows-1252";
    }

    /// <summary>The text of a stream as UTF-8.</summary>
    public static Stream AsUtf8(Stream stream, string encoding) =>
        encoding == "utf-8" ? stream : Encoding.CreateTranscodingStream(stream, ByName(encoding)!, new UTF8Encoding(false));

    /// <summary>The bytes as UTF-8; a character cut off at either end becomes a replacement character.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> bytes, string encoding) =>
        encoding == "utf-8" ? bytes.ToArray() : Encoding.UTF8.GetBytes(ByName(encoding)!.GetString(bytes));

    private static string? ZeroBytes(ReadOnlySpan<byte> sample)
    {
        int even = 0, odd = 0;
        for (int i = 0; i + 1 < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }
        int pairs = Math.Max(1, sample.Length / 2);
        return odd > pairs / 3 && even < pairs / 20 ? "utf-16le" : even > pairs / 3 && odd < pairs / 20 ? "utf-16be" : null;
    }

    private static int CountHigh(ReadOnlySpan<byte> sample)
    {
        int high = 0;
        foreach (byte value in sample)
            high += value >= 0x80 ? 1 : 0;
        return high;
    }

    /// <summary>Whether well-formed sequences outnumber broken bytes: one bad byte is a bad line, not another encoding. A character cut off at the end is no break.</summary>
    private static bool LooksLikeUtf8(ReadOnlySpan<byte> sample)
    {
        int good = 0, bad = 0;
        while (!sample.IsEmpty)
        {
            int ascii = sample.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0)
                break;
            sample = sample[ascii..];
            System.Buffers.OperationStatus status = Rune.DecodeFromUtf8(sample, out _, out int length);
            if (status == System.Buffers.OperationStatus.NeedMoreData)
                break;
            good += status == System.Buffers.OperationStatus.Done ? 1 : 0;
            bad += status == System.Buffers.OperationStatus.Done ? 0 : 1;
            sample = sample[Math.Max(1, length)..];
        }
        return good > bad;
    }

    private static bool IsValid(ReadOnlySpan<byte> sample, int codePage)
    {
        Encoding encoding = Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            // A character may be cut off at the end of the sample, so the decoder is not flushed.
            char[] characters = new char[encoding.GetMaxCharCount(sample.Length)];
            encoding.GetDecoder().GetChars(sample, characters, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool LooksLikeLatin9(ReadOnlySpan<byte> sample)
    {
        if (sample.IndexOfAnyInRange((byte)0x80, (byte)0x9F) >= 0)
            return false;
        return sample.IndexOfAny(s_latin9Letters) >= 0;
    }
}
