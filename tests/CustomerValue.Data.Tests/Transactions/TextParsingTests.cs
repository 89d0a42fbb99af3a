using System.Globalization;
using System.Text;
using CustomerValue.Data.Transactions.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>Numbers and dates from bytes agree with the framework's own parsers.</summary>
public class TextParsingTests
{
    [Fact]
    public void Decimals_are_rounded_like_the_framework_does()
    {
        Gen<string> texts =
            from sign in Gen.Elements("", "-", "+")
            from whole in Gen.OneOf(Gen.Choose(0, 999).Select(number => number.ToString(CultureInfo.InvariantCulture)), Gen.Elements("", "9007199254740993", "123456789012345678901234567890"))
            from fraction in Gen.OneOf(Gen.Choose(0, 99).Select(number => "." + number.ToString("D2", CultureInfo.InvariantCulture)), Gen.Elements("", ".", ".0000000000000000000000001", ".3333333333333333333", ".1e-7", "e5", "E300"))
            select sign + whole + fraction;
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            bool expected = double.TryParse(text, Styles, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
            NumberText.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out double parsed).Should().Be(expected, "{0}", text);
            if (expected)
                BitConverter.DoubleToInt64Bits(parsed).Should().Be(BitConverter.DoubleToInt64Bits(value), "{0}", text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Short_numbers_are_read_as_longer_ones_are_or_left_to_that_way()
    {
        Gen<string> texts = Gen.Choose(1, 9).SelectMany(length => Gen.Elements("0123456789.,-+eE \0:/\u00e9".ToCharArray()).ArrayOf(length)).Select(letters => new string(letters));
        Gen<string> numbers =
            from whole in Gen.Choose(0, 9_999_999)
            from decimals in Gen.Choose(0, 7)
            select (whole / Math.Pow(10, decimals)).ToString("F" + decimals, CultureInfo.InvariantCulture);
        Prop.ForAll(Gen.OneOf(texts, numbers, numbers.Select(text => text.TrimStart('0'))).Where(text => text.Length > 0).ToArbitrary(), text =>
        {
            byte[] field = Encoding.UTF8.GetBytes(text), buffer = [.. field, .. "9.9,9999999"u8];
            foreach (byte separator in ".,"u8.ToArray())
                if (NumberText.TryParseShort(buffer.AsSpan(0, field.Length), separator, out double value))
                {
                    NumberText.TryParse(field, separator, out double expected).Should().BeTrue("{0}", text);
                    BitConverter.DoubleToInt64Bits(value).Should().Be(BitConverter.DoubleToInt64Bits(expected), "{0}", text);
                }
                else if (field.Length <= 8 && field.Count(letter => letter == separator) <= 1 && field.Any(letter => letter != separator) && field.All(letter => letter == separator || char.IsAsciiDigit((char)letter)))
                {
                    Assert.Fail($"'{text}' was left to the longer way");
                }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Every_day_from_1900_to_2200_is_read_and_no_other()
    {
        for (int year = 1899; year <= 2201; year++)
            for (int month = 0; month <= 13; month++)
                for (int day = 0; day <= 32; day++)
                {
                    string text = string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}");
                    bool expected = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) && year is >= 1900 and <= 2200;
                    bool parsed = DateText.TryParse(Encoding.ASCII.GetBytes(text), out int dayNumber);
                    if (parsed != expected || (parsed && dayNumber != date.DayNumber))
                        Assert.Fail($"{text}: parsed {parsed} as day {dayNumber}");
                }
    }

    [Theory]
    [InlineData("2024-1-05")]
    [InlineData("2024-01-5")]
    [InlineData("2024-01/05")]
    [InlineData("2024-01-05x")]
    [InlineData("2024-01-05 noon")]
    [InlineData("2024-01-05T")]
    [InlineData("2O24-01-05")]
    [InlineData("202401")]
    [InlineData("２024-01-05")]
    public void Other_texts_are_no_dates(string text) => DateText.TryParse(Encoding.UTF8.GetBytes(text), out _).Should().BeFalse();

    [Theory]
    [InlineData("dd/MM", "exactly one year")]
    [InlineData("yyyy-MM-dd dd", "exactly one day")]
    [InlineData("yyy-MM-dd", "instead of 'yyy'")]
    [InlineData("yyyy-MMMM-dd", "instead of 'MMMM'")]
    [InlineData("yyyy-MM-dd K", "instead of 'K'")]
    public void A_date_format_that_cannot_work_is_explained(string format, string problem) => DatePattern.ProblemWith(format).Should().Contain(problem);
}
