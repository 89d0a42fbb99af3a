using System.Globalization;
using CustomerValue.Boosting;
using CustomerValue.Data.Text;
using CustomerValue.Decisions.Uplift;

namespace CustomerValue.Decisions.Tests.Uplift;

/// <summary>The e-mail test of Kevin Hillstrom (2008) as an experiment with what was known of the 64,000 customers before.</summary>
internal static class EmailTest
{
    public const string None = "No E-Mail", Men = "Mens E-Mail", Women = "Womens E-Mail";

    private static readonly string[] s_features = ["recency", "history_segment", "history", "mens", "womens", "zip_code", "newbie", "channel"];

    public static UpliftTable Read(string outcome, UpliftOutcome kind, params string[] arms)
    {
        using DelimitedText text = DelimitedText.Open(ReferenceData.File("hillstrom_email", "hillstrom_email.csv.gz"));
        List<string> header = text.Read()!;
        List<string>[] columns = [.. header.Select(_ => new List<string>())];
        while (text.Read() is { } row)
            if (arms.Contains(row[header.IndexOf("segment")]))
                for (int c = 0; c < columns.Length; c++)
                    columns[c].Add(row[c]);
        return new UpliftTable(new BoostingData([.. s_features.Select(name => Column(name, columns[header.IndexOf(name)]))]), arms,
            [.. columns[header.IndexOf("segment")].Select(arm => Array.IndexOf(arms, arm))], Numbers(outcome), kind);

        float[] Numbers(string name) => [.. columns[header.IndexOf(name)].Select(value => float.Parse(value, CultureInfo.InvariantCulture))];
    }

    private static FeatureColumn Column(string name, List<string> texts) => texts.TrueForAll(text => float.TryParse(text, CultureInfo.InvariantCulture, out _))
        ? FeatureColumn.Numeric(name, texts.Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray()) : FeatureColumn.Categorical(name, texts);
}
