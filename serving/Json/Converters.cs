using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerValue.Serving.Json;

/// <summary>Days as 2024-02-28, or moments with an offset such as 2024-02-28T23:30:00+01:00, whose day is the one written.</summary>
internal sealed class DayConverter : JsonConverter<DateOnly>
{
    private const string Format = "yyyy-MM-dd";
    private const int LongestMoment = 40;

    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            // A text with escapes is no date: it is not unescaped, which would throw where it is no Unicode.
            ReadOnlySpan<byte> text = reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan;
            if (TryRead(text, out DateOnly day) || (text.Length is > 10 and <= LongestMoment && IsMoment(text) && TryRead(text[..Format.Length], out day)))
                return day;
        }
        throw Token.Unexpected(ref reader, "a date like 2024-02-28 or a moment like 2024-02-28T13:45:00+01:00");
    }

    /// <summary>ISO 8601 with Z or an offset: a time without one could be of any day.</summary>
    private static bool IsMoment(ReadOnlySpan<byte> text) =>
        text[10] is (byte)'T' && (text[^1] == 'Z' || text.Length > 16 && text[16..].IndexOfAny((byte)'+', (byte)'-') >= 0)
        && DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Four digits, two and two: a tenth of the time that a format takes.</summary>
    private static bool TryRead(ReadOnlySpan<byte> text, out DateOnly day)
    {
        day = default;
        if (text.Length != Format.Length || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out int year) || !Digits(text[5..7], out int month) || !Digits(text[8..], out int dayOfMonth)
            || year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, dayOfMonth);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = 10 * number + digit - '0';
        }
        return true;
    }

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[10];
        value.TryFormat(text, out int length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}

/// <summary>Finite numbers, also as decimal text such as "24.90", which is how money is kept exact elsewhere. A figure that does not exist (an AUC without churners) is written as null.</summary>
internal sealed class NumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : reader.TokenType == JsonTokenType.String && decimal.TryParse(Token.Text(ref reader), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal text)
            ? (double)text
            : throw Token.Unexpected(ref reader, "a finite number");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}

/// <summary>Whole numbers of 32 bits.</summary>
internal sealed class WholeNumberConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : throw Token.Unexpected(ref reader, "a whole number");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Text.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Token.Text(ref reader) : throw Token.Unexpected(ref reader, "text in quotes");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Token.Text(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}

/// <summary>Speaks of tokens in messages.</summary>
internal static class Token
{
    /// <summary>The text of a string token.</summary>
    /// <exception cref="FormException">It is no Unicode text.</exception>
    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode;
        }
    }

    /// <summary>Copies the text of a string token, which has no more characters than bytes; returns how many it has.</summary>
    /// <inheritdoc cref="Text"/>
    public static int Copy(ref Utf8JsonReader reader, Span<char> text)
    {
        try
        {
            return reader.CopyString(text);
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode;
        }
    }

    private static FormException NoUnicode => new("found text that is not Unicode, expected UTF-8 without half surrogate pairs.");

    public static FormException Unexpected(ref Utf8JsonReader reader, string expected) => new($"found {Describe(ref reader)}, expected {expected}.");

    private static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => $"\"{Raw(ref reader)}\"",
        _ => Raw(ref reader),
    };

    private static string Raw(ref Utf8JsonReader reader) =>
        Excerpt.Of(Encoding.UTF8.GetString(reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan));
}
