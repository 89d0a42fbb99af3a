using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Predictions;

/// <summary>Predictions of one model for all customers of a call.</summary>
/// <param name="ModelVersion">The version that answered; the same for every customer of the call.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="Predictions">One prediction a customer, in the order of the request.</param>
/// <param name="Findings">Doubts about the request that do not prevent an answer: names that the model does not know, columns or attributes that it learnt from and that are not given.</param>
internal sealed record PredictionAnswer(string ModelVersion, DateOnly AsOf, int HorizonDays, IReadOnlyList<CustomerPrediction> Predictions, IReadOnlyList<Finding> Findings)
{
    private static readonly JsonEncodedText[] s_names = [.. CustomerPrediction.Table.Columns.Select(column => JsonEncodedText.Encode(column.Name))];

    /// <summary>Writes the answer as the serializer would, the columns of predictions by their one list.</summary>
    public void Write(Utf8JsonWriter writer, JsonSerializerOptions form)
    {
        JsonFields fields = new(writer);
        writer.WriteStartObject();
        writer.WriteString("model_version"u8, ModelVersion);
        writer.WritePropertyName("as_of"u8);
        fields.Day(AsOf);
        writer.WriteNumber("horizon_days"u8, HorizonDays);
        writer.WriteStartArray("predictions"u8);
        foreach (CustomerPrediction prediction in Predictions)
        {
            writer.WriteStartObject();
            fields.Write(s_names, CustomerPrediction.Table, prediction);
            writer.WritePropertyName("reasons"u8);
            if (prediction.Reasons.Count > 0)
                JsonSerializer.Serialize(writer, prediction.Reasons, form);
            else
                writer.WriteRawValue("[]"u8, skipInputValidation: true);
            writer.WritePropertyName("reasons_base"u8);
            fields.Number(prediction.ReasonsBase);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WritePropertyName("findings"u8);
        JsonSerializer.Serialize(writer, Findings, form);
        writer.WriteEndObject();
    }
}
