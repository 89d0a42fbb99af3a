using System.Globalization;
using System.Numerics;
using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Transactions.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>A log that is read in parts of its customers adds up to the log that is read at once: rows, counts, days, rejected lines and doubts.</summary>
public class PartedReadingTests
{
    private static readonly string[] s_odd = ["guest", "c7 ", "C7", "Ünal", "ünal", "\U0001F600", "客户", "1.5E+11", "77.0", "a quite long customer id of many letters", "A quite long customer id of many letters"];

    private static readonly Gen<string> s_lines = Gen.Frequency(
        (40, Line(Gen.Choose(0, 40).Select(number => $"c{number}"), Gen.Choose(0, 300))),
        (6, Line(Gen.Elements(s_odd), Gen.Choose(0, 300))),
        (1, Line(Gen.Choose(0, 40).Select(number => $"c{number}"), Gen.Constant(900))),
        (1, Gen.Elements("c1,31/02/2024,5,o1,web", "c2,2024-01-05,many,o1,web", ",2024-01-07,4,o2,web", "c3,2024-01-05")));

    private static readonly Gen<Case> s_cases =
        from common in s_lines.ArrayOf(120)
        from own in Gen.ArrayOf(s_lines.ArrayOf(60))
        from overlap in Gen.Elements(true, false)
        from threads in Gen.Choose(1, 3)
        from blockBytes in Gen.Elements(64, 300, 1 << 20)
        from returns in Gen.Elements(ReturnsPolicy.Net, ReturnsPolicy.Ignore)
        from keep in Gen.Elements(true, false)
        from parts in Gen.Choose(2, 5)
        select new Case(
            [string.Join('\n', common), .. own.Take(2).Select(lines => string.Join('\n', overlap ? [.. common.Where((_, i) => i % 2 == 0), .. lines] : lines))],
            new ReaderOptions { Threads = threads, BlockBytes = blockBytes, Returns = returns, KeepStrayDays = keep, MaxRejectedShare = 1 }, parts);

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        int several = 0;
        Prop.ForAll(s_cases.ToArbitrary(), example =>
        {
            using ReadingFolder folder = new();
            string[] files = [.. example.Files.Where(text => text.Length > 0).Select((text, i) => folder.Write($"orders{i}.csv", "customer,date,amount,order,channel\n" + text))];
            string rejects = folder.Path("rejects.csv");
            ReadResult whole = TransactionReader.Read(files, example.Options with { RejectsFile = rejects });
            string rejected = File.ReadAllText(rejects);

            PartedReading reading = new(files, example.Options with { RejectsFile = rejects }, example.Size(whole.Summary));
            List<string> rows = [];
            List<double> ends = [];
            ReadCounts counts = reading.Read(part =>
            {
                (part.Log.FirstDay, part.Log.LastDay).Should().Be((whole.Log.FirstDay, whole.Log.LastDay));
                rows.AddRange(LogText.Of(part.Log));
                ends.Add(part.End);
            }, cancellation: TestContext.Current.CancellationToken);

            several += reading.Parts > 1 ? 1 : 0;
            rows.Order(StringComparer.Ordinal).Should().Equal(LogText.Of(whole.Log).Order(StringComparer.Ordinal), "{0}", example);
            ends.Should().BeInAscendingOrder().And.HaveCount(reading.Parts).And.EndWith(1);
            counts.Summary.Should().BeEquivalentTo(whole.Summary, "{0}", example);
            counts.Rejected.Should().Equal(whole.Rejected);
            counts.Findings.Should().Equal(whole.Findings, "{0}", example);
            File.ReadAllText(rejects).Should().Be(rejected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
        several.Should().BeGreaterThan(70, "a size of a fraction of the log is no place for all of it");
    }

    [Fact]
    public void Every_line_of_a_share_is_in_exactly_one_count()
    {
        Prop.ForAll(s_cases.ToArbitrary(), example =>
        {
            using ReadingFolder folder = new();
            string file = folder.Write("orders.csv", "customer,date,amount,order,channel\n" + example.Files[0]);
            TransactionLog whole = TransactionReader.Read([file], example.Options).Log;
            ReadResult drawn = TransactionReader.Read([file], example.Options with { Share = CustomerShare.Sample(0.4) });
            ReadSummary summary = drawn.Summary;
            (summary.RejectedLines + summary.DuplicateLines + summary.PassedOver + summary.NotChosen + summary.StrayRows + summary.WithoutCustomer + summary.IgnoredReturns + summary.IgnoredZeroAmounts + summary.OtherRows + summary.Rows).Should().Be(summary.Lines);
            LogText.Of(drawn.Log).Should().Equal(LogText.Of(whole.Sample(0.4)), "a share holds whom a sample draws");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void Shares_that_follow_one_another_hold_everyone_once()
    {
        CustomerShare[] shares = [CustomerShare.Between(0, 0.01), CustomerShare.Between(0.01, 0.3), CustomerShare.Between(0.3, 1 / 3.0), CustomerShare.Between(1 / 3.0, 1)];
        Prop.ForAll(ArbMap.Default.GeneratorFor<NonNull<string>>().ToArbitrary(), id =>
        {
            string text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(id.Get));
            shares.Count(share => share.Holds(text)).Should().Be(1);
            shares.Should().AllSatisfy(share => share.Holds(Encoding.UTF8.GetBytes(text)).Should().Be(share.Holds(text), "bytes and letters of an id have one hash"));
            CustomerShare.All.Holds(text).Should().BeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Less_room_than_is_kept_of_customers_is_told()
    {
        using ReadingFolder folder = new();
        string file = folder.Write("orders.csv", "customer,date,amount\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"c{i},2024-01-{i % 28 + 1:D2},5\n")));
        FluentActions.Invoking(() => new PartedReading([file], new ReaderOptions(), new PartSize(300_000) { KeptOfCustomer = 100 }).Read(_ => { }))
            .Should().Throw<BadDataException>().WithMessage("*orders.csv: found less than is kept of all customers*give more memory*");
        FluentActions.Invoking(() => new PartedReading([file], new ReaderOptions(), new PartSize(3_000)).Read(_ => { }))
            .Should().Throw<BadDataException>().WithMessage("*found more than 64 parts*give more memory*");
    }

    [Fact]
    public void A_sum_does_not_depend_on_the_order_and_is_the_nearest_double()
    {
        Gen<double> terms = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get),
            Gen.Choose(-100_000, 100_000).Select(cents => cents / 100.0),
            Gen.Elements(double.MaxValue / 8, -double.MaxValue / 8, double.Epsilon, -double.Epsilon, 1e300, -1e300, 0.1, 1, 0));
        Prop.ForAll(terms.ArrayOf().ToArbitrary(), numbers =>
        {
            ExactSum forth = new(), first = new(), second = new();
            foreach (double number in numbers)
                forth.Add(number);
            for (int i = numbers.Length - 1; i >= 0; i--)
                (i % 2 == 0 ? first : second).Add(numbers[i]);
            second.Add(first);
            forth.ToDouble().Should().Be(second.ToDouble());
            forth.ToDouble().Should().Be(Nearest(numbers));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    /// <summary>The double nearest to a sum of doubles: of both neighbours of a first guess the one that lies nearer, by whole numbers of the smallest double.</summary>
    private static double Nearest(double[] numbers)
    {
        BigInteger exact = numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + Units(number));
        double guess = 0;
        for (int bits = 0; bits < 64; bits++)
        {
            // The remainder is brought down from the top; each step takes the leading bits that a double holds.
            BigInteger rest = exact - Units(guess);
            if (rest.IsZero)
                return guess;
            int shift = (int)Math.Max(0, (long)BigInteger.Abs(rest).GetBitLength() - 50);
            double step = Math.ScaleB((double)(long)(rest >> shift), shift - 1074);
            if (guess + step == guess)
                break;
            guess += step;
        }
        return new[] { Math.BitDecrement(guess), guess, Math.BitIncrement(guess) }.Where(double.IsFinite).OrderBy(number => BigInteger.Abs(exact - Units(number))).ThenBy(number => BitConverter.DoubleToInt64Bits(number) & 1).First();
    }

    private static BigInteger Units(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger units = new BigInteger((bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52)) << (Math.Max(exponent, 1) - 1);
        return bits < 0 ? -units : units;
    }

    private static Gen<string> Line(Gen<string> customers, Gen<int> days) =>
        from customer in customers
        from day in days
        from cents in Gen.OneOf(Gen.Choose(-500, 9_000), Gen.Constant(0), Gen.Constant(1_250))
        from order in Gen.Choose(1, 2)
        from channel in Gen.Elements("web", "store", "")
        select string.Create(CultureInfo.InvariantCulture, $"{customer},{new DateOnly(2022, 1, 1).AddDays(day):yyyy-MM-dd},{cents / 100.0},o{order},{channel}");

    private sealed record Case(string[] Files, ReaderOptions Options, int Parts)
    {
        /// <summary>Room for about a fraction of the log: so much a row and customer as reading takes, and what is kept of ids beside it.</summary>
        public PartSize Size(ReadSummary whole)
        {
            long row = Files.Length > 1 ? 110 : 60;
            return new PartSize((whole.Rows * row + whole.Customers * (96 + 64L * Options.Threads)) / Parts + 64 * whole.Customers);
        }

        public override string ToString() => $"{Parts} parts, {Options.Threads} threads, blocks of {Options.BlockBytes}, {Options.Returns}, keep {Options.KeepStrayDays}:\n{string.Join("\n--\n", Files)}";
    }
}
