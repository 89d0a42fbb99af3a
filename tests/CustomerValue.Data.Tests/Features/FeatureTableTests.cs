using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Tests.Aggregates;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Features;

public sealed class FeatureTableTests
{
    private static readonly FeatureDefinition s_alive = FeatureDefinition.Appended("p_alive", "probability", "Probability alive.", "is alive with {value}");

    [Fact]
    public void Appended_columns_come_last_and_change_the_hash()
    {
        FeatureTable table = Build(attributes: null, out _);

        FeatureTable more = table.With((s_alive, [0.5f, 0.25f]));

        more.Schema.Count.Should().Be(table.Schema.Count + 1);
        more.Schema.Hash.Should().NotBe(table.Schema.Hash);
        more["p_alive"].ToArray().Should().Equal(0.5f, 0.25f);
        float[] row = new float[more.Schema.Count];
        more.Row(1, row);
        row[^1].Should().Be(0.25f);
        row[more.Schema.Find("x")].Should().Be(table["x"][1]);
    }

    [Fact]
    public void A_saved_schema_with_appended_features_builds_its_own_part_again()
    {
        FeatureTable table = Build(attributes: null, out CustomerAggregates aggregates).With((s_alive, [0.5f, 0.25f]));
        FeatureSchema saved = FeatureSchema.FromJson(table.Schema.ToJson());

        FeatureTable again = FeatureBuilder.Build(aggregates, saved).With((saved.Features[^1], [0.5f, 0.25f]));

        again.Schema.Hash.Should().Be(table.Schema.Hash);
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        FeatureTable table = Build(attributes: null, out _);
        Action tooShort = () => table.With((s_alive, [0.5f]));
        Action taken = () => table.With((s_alive with { Name = "x" }, [0.5f, 1f]));
        Action notAppended = () => table.With((s_alive with { Source = FeatureSource.Aggregates }, [0.5f, 1f]));
        Action row = () => table.Row(0, new float[3]);

        tooShort.Should().Throw<ArgumentException>().WithMessage("The column p_alive has 1 rows, the table 2.*");
        taken.Should().Throw<ArgumentException>().WithMessage("The feature x stands twice*");
        notAppended.Should().Throw<ArgumentException>();
        row.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_schema_of_another_catalogue_is_refused()
    {
        Build(attributes: null, out CustomerAggregates aggregates);
        FeatureSchema other = FeatureSchema.Standard(AggregateCatalogue.Standard(new AvailableColumns { Products = true }, 60));

        Action build = () => FeatureBuilder.Build(aggregates, other);

        build.Should().Throw<ArgumentException>().WithMessage("The feature products_all cannot be made*");
    }

    [Fact]
    public void Attributes_join_by_customer_and_say_how_well_they_fit()
    {
        AttributeSchema schema = new([new("age", AttributeKind.Numeric, []), new("country", AttributeKind.Categorical, ["France", "UK"]), new("joined", AttributeKind.Date, [])]);
        string cutoff = History.Window.Cutoff.ToString("O"), before = History.Window.Cutoff.AddDays(-3).ToString("O");
        CustomerAttributes attributes = CustomerAttributes.From(schema,
        [
            ("stranger", new Dictionary<string, string> { ["age"] = "1" }),
            ("b", new Dictionary<string, string> { ["age"] = "40", ["country"] = "UK", ["joined"] = before }),
        ]);
        FeatureTable table = Build(attributes, out CustomerAggregates aggregates);

        table["attribute_age"].ToArray().Should().Equal(float.NaN, 40);
        table["attribute_country"].ToArray().Should().Equal(float.NaN, 1);
        table["attribute_joined"].ToArray().Should().Equal(float.NaN, 3);
        table.Findings.Select(finding => (finding.Code, finding.Message)).Should().Equal(
            ("customers-without-attributes", "1 of 2 customers (50.0 %) have no attributes; they are taken as missing."),
            ("attributes-without-customer", "1 of 2 attribute rows belong to nobody with transactions; they were left out."));

        CustomerAttributes future = CustomerAttributes.From(schema, [("b", new Dictionary<string, string> { ["joined"] = cutoff })]);
        FeatureBuilder.Build(aggregates, table.Schema, future)["attribute_joined"][1].Should().Be(float.NaN, "a day on or after the cutoff is not known yet");
    }

    [Fact]
    public void Attributes_read_otherwise_than_the_schema_wants_are_refused()
    {
        FeatureSchema schema = FeatureSchema.Standard(AggregateCatalogue.Standard(AvailableColumns.None, 60), new AttributeSchema([new("country", AttributeKind.Categorical, ["France", "UK"])]));
        CustomerAttributes other = CustomerAttributes.From(new AttributeSchema([new("country", AttributeKind.Categorical, ["UK"])]), [("b", new Dictionary<string, string> { ["country"] = "UK" })]);
        Build(attributes: null, out CustomerAggregates aggregates);

        Action build = () => FeatureBuilder.Build(aggregates, schema, other);

        build.Should().Throw<ArgumentException>().WithMessage("The attribute country was read otherwise*");
    }

    private static FeatureTable Build(CustomerAttributes? attributes, out CustomerAggregates aggregates)
    {
        TransactionLog log = History.Log(History.Row("a", 3, 10), History.Row("b", 9, 10), History.Row("b", 10, 10));
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, 60);
        aggregates = Aggregator.Compute(log, History.Window, catalogue, new AggregatorOptions());
        return FeatureBuilder.Build(aggregates, FeatureSchema.Standard(catalogue, attributes?.Schema), attributes);
    }
}
