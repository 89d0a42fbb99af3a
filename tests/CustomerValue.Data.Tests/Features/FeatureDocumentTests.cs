using System.Text.RegularExpressions;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;

namespace CustomerValue.Data.Tests.Features;

public sealed class FeatureDocumentTests
{
    [Fact]
    public void The_document_lists_every_standard_feature_and_none_else()
    {
        AvailableColumns everything = new() { Orders = true, Quantities = true, Products = true, Discounts = true, Margins = true, Channels = ["{name}"], Categories = ["k"] };
        string[] windows = ["all", "30d", "60d", "90d", "180d", "365d", "horizon", "year_ago", "before_year_ago"];
        IEnumerable<string> made = FeatureSchema.Standard(AggregateCatalogue.Standard(everything, 60)).Features.Select(feature => feature.Name)
            .Select(name => windows.Where(window => Regex.IsMatch(name, $"^(log_)?(purchase_days|spend)_{window}$"))
                .Select(window => name[..^window.Length] + "{window}").FirstOrDefault(name));

        string document = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "docs", "features.md"));
        string section = document[document.IndexOf("## Features", StringComparison.Ordinal)..document.IndexOf("| attributes |", StringComparison.Ordinal)];
        IEnumerable<string> listed = Regex.Matches(section, "(?<= )`([^`]+)`").Select(match => match.Groups[1].Value).Where(name => name != "{window}");

        listed.Distinct().Should().BeEquivalentTo(made.Distinct());
    }
}
