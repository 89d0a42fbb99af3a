using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Data.Tests.Aggregates;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Features;

public sealed class FeatureSchemaTests
{
    private static readonly AggregateCatalogue s_catalogue = AggregateCatalogue.Standard(
        new AvailableColumns { Orders = true, Quantities = true, Products = true, Discounts = true, Margins = true, Channels = ["shop", "web"], Categories = ["<é>", "k"] }, 60);

    private static readonly AttributeSchema s_attributes = new([new("age", AttributeKind.Numeric, []), new("country", AttributeKind.Categorical, ["France", "UK"]), new("joined", AttributeKind.Date, [])]);

    [Fact]
    public void The_hash_is_the_same_for_the_same_schema_on_every_machine()
    {
        FeatureSchema schema = new([new("x", "purchase days", "Repeat purchase days.", "came back on {value} days", FeatureKind.Numeric, []),
            new("attribute_country", "level", "The customer's country.", "country is {value}", FeatureKind.Categorical, ["France", "UK"])
            {
                Source = FeatureSource.Attributes,
            }],
            new AttributeSchema([new("country", AttributeKind.Categorical, ["France", "UK"])]));

        schema.Hash.Should().Be("5a8f22c55f1a2d283e2b8cef3f354d5a88872716d49c048b5b46d42a541681d1");
    }

    [Fact]
    public void The_hash_knows_order_names_levels_and_attributes()
    {
        FeatureSchema schema = FeatureSchema.Standard(s_catalogue, s_attributes);
        FeatureSchema[] others =
        [
            new([.. schema.Features.Skip(1), schema.Features[0]], s_attributes),
            new([schema.Features[0] with { Name = "other" }, .. schema.Features.Skip(1)], s_attributes),
            new([schema.Features[0] with { Levels = ["a"] }, .. schema.Features.Skip(1)], s_attributes),
            new(schema.Features, new AttributeSchema([.. s_attributes.Columns.Reverse()])),
            schema.With([FeatureDefinition.Appended("p_alive", "probability", "Alive.", "is alive with {value}")]),
        ];

        others.Select(other => other.Hash).Append(schema.Hash).Should().OnlyHaveUniqueItems();
        new FeatureSchema(schema.Features, s_attributes).Hash.Should().Be(schema.Hash);
    }

    [Fact]
    public void Schema_and_catalogue_come_back_from_their_text()
    {
        FeatureSchema schema = FeatureSchema.Standard(s_catalogue, s_attributes).With([FeatureDefinition.Appended("p_alive", "probability", "Alive.", "is alive with {value}")]);

        FeatureSchema read = FeatureSchema.FromJson(schema.ToJson());
        AggregateCatalogue catalogue = AggregateCatalogue.FromJson(s_catalogue.ToJson());

        read.Hash.Should().Be(schema.Hash);
        read.Features.Should().BeEquivalentTo(schema.Features, options => options.WithStrictOrdering());
        read.Attributes.Columns.Should().BeEquivalentTo(s_attributes.Columns, options => options.WithStrictOrdering());
        catalogue.Hash.Should().Be(s_catalogue.Hash);
        catalogue.Definitions.Should().Equal(s_catalogue.Definitions);
        catalogue.Channels.Should().Equal("shop", "web");
        catalogue.Categories.Should().Equal("<é>", "k");
        catalogue.Horizon.Days.Should().Be(60);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"features\":[{\"name\":1}],\"attributes\":[]}")]
    [InlineData("{\"features\":[{\"name\":\"a\",\"unit\":\"\",\"meaning\":\"\",\"reason\":\"\",\"kind\":\"System.Type\",\"source\":\"Appended\"}],\"attributes\":[]}")]
    public void Text_that_is_no_schema_is_refused(string json)
    {
        Action schema = () => FeatureSchema.FromJson(json);
        Action catalogue = () => AggregateCatalogue.FromJson(json);

        schema.Should().Throw<BadDataException>().WithMessage("feature schema: found*");
        catalogue.Should().Throw<BadDataException>().WithMessage("aggregate catalogue: found*");
    }

    [Fact]
    public void A_catalogue_refuses_what_has_no_meaning()
    {
        AggregateDefinition[] bad =
        [
            new("m", AggregateKind.Min, AggregateColumn.Product, DayWindow.AllTime),
            new("future", AggregateKind.Count, AggregateColumn.Day, new DayWindow(30, -1)),
            new("empty", AggregateKind.Count, AggregateColumn.Day, new DayWindow(30, 30)),
            new("level", AggregateKind.Count, AggregateColumn.Weekday, DayWindow.AllTime, "8"),
            new("channel", AggregateKind.Count, AggregateColumn.Channel, DayWindow.AllTime, "post"),
            AggregateCatalogue.Core[0],
        ];
        foreach (AggregateDefinition definition in bad)
        {
            Action make = () => _ = new AggregateCatalogue(60, [.. AggregateCatalogue.Core, definition], channels: ["web"]);
            make.Should().Throw<ArgumentException>().WithMessage($"*{definition.Name}*");
        }
        Action withoutCore = () => _ = new AggregateCatalogue(60, [.. AggregateCatalogue.Core.Skip(1)]);
        withoutCore.Should().Throw<ArgumentException>().WithMessage("*lacks purchase_days_all*");
    }

    [Fact]
    public void A_saved_catalogue_and_schema_serve_a_log_of_fewer_columns()
    {
        TransactionLog log = History.Log(History.Row("a", 3, 10), History.Row("a", 9, 10));
        CustomerAggregates aggregates = Aggregator.Compute(log, History.Window, s_catalogue, new AggregatorOptions());

        FeatureTable features = FeatureBuilder.Build(aggregates, FeatureSchema.Standard(s_catalogue, s_attributes));

        features["x"][0].Should().Be(1);
        features["products_all"][0].Should().Be(float.NaN);
        features["main_channel"][0].Should().Be(float.NaN);
        features["attribute_country"][0].Should().Be(float.NaN);
        features.Findings.Single().Code.Should().Be("no-attributes");
    }

    [Fact]
    public void Units_and_reasons_stand_at_every_standard_feature()
    {
        FeatureSchema schema = FeatureSchema.Standard(s_catalogue, s_attributes);

        schema.Features.Should().OnlyContain(feature => feature.Unit.Length > 0 && feature.Meaning.EndsWith('.') && feature.ReasonTemplate.Length > 0);
        schema.Features.Where(feature => !feature.Unit.Contains("of the year")).Should().OnlyContain(feature => feature.ReasonTemplate.Contains("{value}"));
        schema.Features.Where(feature => feature.Kind == FeatureKind.Categorical).Should().OnlyContain(feature => feature.Levels.Count > 0);
    }
}
