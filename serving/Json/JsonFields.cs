using System.Text.Json;
using CustomerValue.Data.Text;
using CustomerValue.Models.Answers;

namespace CustomerValue.Serving.Json;

/// <summary>Writes the columns of an answer as properties of an object, as the serializer writes the same record.</summary>
/// <param name="writer">Where to.</param>
internal sealed class JsonFields(Utf8JsonWriter writer) : IFieldWriter
{
    private static readonly DayConverter s_day = new();
    private static readonly NumberConverter s_number = new();

    /// <summary>Writes the columns of a row.</summary>
    /// <param name="names">The columns' names, ready to be written.</param>
    /// <param name="table">The columns.</param>
    /// <param name="row">The row.</param>
    /// <typeparam name="TRow">The record of one customer.</typeparam>
    public void Write<TRow>(JsonEncodedText[] names, AnswerTable<TRow> table, TRow row)
    {
        for (int i = 0; i < names.Length; i++)
        {
            writer.WritePropertyName(names[i]);
            table.Columns[i].Write(this, row);
        }
    }

    public void Text(string? text) => writer.WriteStringValue(text);

    public void Texts(IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public void Number(double? value) => s_number.Write(writer, value ?? double.NaN, null!);

    public void Whole(long? value)
    {
        if (value is { } known)
            writer.WriteNumberValue(known);
        else
            writer.WriteNullValue();
    }

    public void Day(DateOnly? day)
    {
        if (day is { } known)
            s_day.Write(writer, known, null!);
        else
            writer.WriteNullValue();
    }

    public void Flag(bool value) => writer.WriteBooleanValue(value);
}
