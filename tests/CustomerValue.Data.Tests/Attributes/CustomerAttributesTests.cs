using System.Globalization;
using System.IO.Compression;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Tests.Attributes;

public sealed class CustomerAttributesTests
{
    [Fact]
    public void Numbers_names_and_days_are_recognised_by_their_values()
    {
        CustomerAttributes attributes = Read("Customer ID,age,country,joined\nb,41.5,UK,2020-02-29\na,NA,\"France, north\",2019-01-01\nc,7,UK,\n");

        attributes.Schema.Columns.Select(column => (column.Name, column.Kind)).Should().Equal(
            ("age", AttributeKind.Numeric), ("country", AttributeKind.Categorical), ("joined", AttributeKind.Date));
        attributes.Schema.Columns[1].Levels.Should().Equal("France, north", "UK");
        attributes.Ids.Should().Equal("b", "a", "c");
        attributes.Column(0).ToArray().Should().Equal(41.5, double.NaN, 7);
        attributes.Column(1).ToArray().Should().Equal(1, 0, 1);
        attributes.Column(2).ToArray().Should().Equal(new DateOnly(2020, 2, 29).DayNumber, new DateOnly(2019, 1, 1).DayNumber, double.NaN);
        attributes.Find("c").Should().Be(2);
        attributes.Find("d").Should().Be(-1);
        attributes.Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Delimiter_quotes_line_ends_and_byte_order_mark_are_recognised(char delimiter)
    {
        CustomerAttributes attributes = Read("\uFEFFid,note\r\n1,\"a \"\"b\"\"\nc\"\r\n\r\n2,plain\r\n".Replace(',', delimiter));

        attributes.Schema.Columns[0].Levels.Should().Equal("a \"b\"\nc", "plain");
    }

    [Fact]
    public void A_gzip_of_many_rows_reads_like_the_plain_file()
    {
        string text = "id,n\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i * 7919 % 1009}\n")));
        using TextFile file = new(TextFile.Gzip(text));

        CustomerAttributes attributes = CustomerAttributes.Read(file.Path);

        attributes.Count.Should().Be(50_000);
        attributes.Column(0)[49_999].Should().Be(49_999 * 7919 % 1009);
    }

    [Fact]
    public void Empty_columns_and_free_text_are_left_out_with_a_finding()
    {
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},,person {i},{(i < 190 ? "common" : $"rare {i}")}\n"));
        using TextFile file = new("id,blank,name,segment\n" + rows);

        CustomerAttributes attributes = CustomerAttributes.Read(file.Path, new AttributeReadOptions { MaxLevels = 2 });

        attributes.Schema.Columns.Single().Levels.Should().Equal("common", "rare 190");
        attributes.Findings.Select(finding => finding.Code).Should().Equal("empty-attribute", "free-text-attribute", "rare-levels");
        attributes.Column(0)[199].Should().Be(double.NaN);
    }

    [Fact]
    public void A_models_schema_decides_how_a_later_file_is_understood()
    {
        AttributeSchema trained = Read("id,age,country,gone\n1,30,UK,1\n2,40,France,2\n").Schema;
        using TextFile file = new("id,country,extra,age\n1,Spain,9,unknown\n2,UK,9,50\n");

        CustomerAttributes attributes = CustomerAttributes.Read(file.Path, new AttributeReadOptions { Schema = trained });

        attributes.Schema.Columns.Select(column => column.Name).Should().Equal("country", "age");
        attributes.Column(0).ToArray().Should().Equal(double.NaN, 1);
        attributes.Column(1).ToArray().Should().Equal(double.NaN, 50);
        attributes.Findings.Select(finding => finding.Code).Should().Equal("unknown-attribute-value", "unknown-attribute-value", "absent-attribute");
        attributes.Findings[0].Message.Should().Be("1 value(s) of the attribute country are not understood, for example 'Spain'; they are taken as missing.");
    }

    [Fact]
    public void A_request_is_understood_like_a_file()
    {
        AttributeSchema trained = Read("id,age,country,joined\n1,30,UK,2020-01-01\n2,40,France,2020-01-02\n").Schema;

        CustomerAttributes attributes = CustomerAttributes.From(trained, [("x", new Dictionary<string, string> { ["country"] = "UK", ["joined"] = "2021-05-01", ["other"] = "1" })]);

        attributes.Column(0).ToArray().Should().Equal(double.NaN);
        attributes.Column(1).ToArray().Should().Equal(1);
        attributes.Column(2).ToArray().Should().Equal(new DateOnly(2021, 5, 1).DayNumber);
    }

    [Fact]
    public void Columns_can_be_named_and_left_out()
    {
        using TextFile file = new("who;age;secret\nx;3;1\n");

        CustomerAttributes attributes = CustomerAttributes.Read(file.Path, new AttributeReadOptions { CustomerColumn = "who", Ignore = ["secret"] });

        attributes.Schema.Columns.Single().Name.Should().Be("age");
    }

    [Theory]
    [InlineData("", "{path}: found an empty file, expected a header line and a row for each customer; give the file of customer attributes.")]
    [InlineData("id,a\n", "{path}: found a header and no row, expected a row for each customer; give the file of customer attributes.")]
    [InlineData("a,b\n1,2\n", "{path} line 1: found no column of customer ids among a, b, expected one named like customer_id; say which column it is.")]
    [InlineData("id,a\n1,2\n2,3\n1,4\n", "{path} line 4, column 'id': found customer '1' again, who stands on line 2 already; expected one row a customer; remove one of the two.")]
    [InlineData("id,a\n1,\"x\ny\"\n1,4\n", "{path} line 4, column 'id': found customer '1' again, who stands on line 2 already; expected one row a customer; remove one of the two.")]
    [InlineData("id,a\n1,2,3\n", "{path} line 2: found 3 fields, expected 2 as in the header; mend the line or name the delimiter.")]
    [InlineData("id,a\n ,2\n", "{path} line 2, column 'id': found no customer id, expected one; fill it in or remove the line.")]
    [InlineData("id,a,a\n1,2,3\n", "{path} line 1: found the column 'a' twice, expected different names; rename one of them.")]
    [InlineData("id,a,\n1,2,3\n", "{path} line 1: found no name above column 3, expected a header for every column; name it.")]
    [InlineData("id,a\n1,\"2\n", "{path} line 2: found a quote that is never closed, expected a closing quote; mend the line.")]
    public void A_bad_file_is_refused_with_place_found_expected_and_way_out(string text, string message)
    {
        using TextFile file = new(text);

        Action read = () => CustomerAttributes.Read(file.Path);

        read.Should().Throw<BadDataException>().WithMessage(message.Replace("{path}", file.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        using TextFile file = new([.. "id,a\n1,"u8, 0xE9, .. "t\n"u8]);

        Reading(file.Path).Should().Throw<BadDataException>().WithMessage("*found bytes that are not UTF-8*");
    }

    [Fact]
    public void A_field_of_ten_megabytes_is_refused()
    {
        using TextFile file = new("id,a\n1," + new string('x', 10_000_000) + "\n");

        Reading(file.Path).Should().Throw<BadDataException>().WithMessage("*line 2: found a field longer than 65536 characters*");
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.NoCompression)]
    public void A_gzip_cut_off_anywhere_is_refused(CompressionLevel level)
    {
        byte[] whole = TextFile.Gzip("id,n\n" + string.Concat(Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i * 7919 % 1009}\n"))), level);
        for (int length = 2; length < whole.Length; length++)
        {
            using TextFile file = new(whole[..length]);

            Reading(file.Path).Should().Throw<BadDataException>($"only {length} of {whole.Length} bytes are there").WithMessage("*found a damaged or cut off gzip stream, expected a whole one*");
        }
    }

    [Fact]
    public void A_gzip_with_a_flipped_byte_is_refused()
    {
        byte[] damaged = TextFile.Gzip("id,n\n1,2\n2,3\n", CompressionLevel.NoCompression);
        damaged[^12] ^= 1;
        using TextFile file = new(damaged);

        Reading(file.Path).Should().Throw<BadDataException>().WithMessage("*damaged or cut off gzip stream*");
    }

    [Fact]
    public void Gzips_put_one_after_the_other_read_as_one()
    {
        using TextFile file = new([.. TextFile.Gzip("id,n\n1,2\n"), .. TextFile.Gzip("2,3\n")]);

        CustomerAttributes.Read(file.Path).Column(0).ToArray().Should().Equal(2, 3);
    }

    [Fact]
    public void A_directory_and_an_absent_file_are_refused()
    {
        Reading(Path.GetTempPath()).Should().Throw<BadDataException>().WithMessage("*found a directory, expected a file*");
        Reading(Path.Combine(Path.GetTempPath(), "absent", "file.csv")).Should().Throw<BadDataException>().WithMessage("*found no readable file*");
    }

    private static Func<CustomerAttributes> Reading(string path) => () => CustomerAttributes.Read(path);

    private static CustomerAttributes Read(string text)
    {
        using TextFile file = new(text);
        return CustomerAttributes.Read(file.Path);
    }
}
