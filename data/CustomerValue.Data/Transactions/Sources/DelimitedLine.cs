using System.Text;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>Writes the lines of sources that turn something else into text.</summary>
public static class DelimitedLine
{
    /// <summary>The unit separator of ASCII between fields: no text holds it, so that hardly anything needs quotes.</summary>
    public const char FieldEnd = '\u001F';

    /// <summary>Writes one line in UTF-8; line ends within a field become blanks, null is an empty field.</summary>
    public static void Write(Stream target, IReadOnlyList<byte[]?> fields)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(fields);
        for (int i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                target.WriteByte((byte)FieldEnd);
            byte[] field = fields[i] ?? [];
            if (field.AsSpan().ContainsAny((byte)'\n', (byte)'\r', (byte)FieldEnd))
                field = Array.ConvertAll(field, letter => letter is (byte)'\n' or (byte)'\r' or (byte)FieldEnd ? (byte)' ' : letter);
            if (field is [(byte)'"', ..])
                field = Encoding.UTF8.GetBytes($"\"{Encoding.UTF8.GetString(field).Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            target.Write(field);
        }
        target.WriteByte((byte)'\n');
    }
}
