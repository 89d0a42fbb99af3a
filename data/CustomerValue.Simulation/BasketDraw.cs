namespace CustomerValue.Simulation;

/// <summary>Turns the moments of one customer's orders into lines, and some lines into returns.</summary>
internal sealed class BasketDraw(SimulationOptions options, SimulationCalendar calendar, ProductCatalogue catalogue)
{
    private const int MostLines = 60;
    private const double MostCents = 1e12;
    private static readonly Comparison<SimulatedLine> s_byMoment =
        static (a, b) => a.Day != b.Day ? a.Day.CompareTo(b.Day) : a.Minute.CompareTo(b.Minute);
    private readonly double _continue = 1 - 1 / options.LinesPerOrder;
    private readonly RowList<SimulatedLine> _returns = new();

    /// <summary>Money of returns that arrive within the horizon after the end, of orders before it.</summary>
    public long PendingReturnCents { get; private set; }

    /// <summary>Margin that those returns take back.</summary>
    public long PendingReturnMarginCents { get; private set; }

    public void Draw(int customer, in HiddenProfile profile, ReadOnlySpan<double> moments, RowList<SimulatedLine> lines, OrderService service)
    {
        SimulationSegment segment = options.Segments[profile.Core.Segment];
        RandomStream random = new(options.Seed, customer, StreamPurpose.Basket);
        PendingReturnCents = 0;
        PendingReturnMarginCents = 0;
        _returns.Clear();
        int first = lines.Count;
        for (int order = 0; order < moments.Length; order++)
        {
            int day = (int)moments[order];
            int minute = (int)((moments[order] - day) * 1440);
            double value = random.NextGamma(segment.SpendShape) / profile.SpendRate * calendar.Prices[day];
            long cents = Math.Max(1, (long)Math.Floor(Math.Min(value * 100, MostCents) + 0.5));
            int channel = random.NextBool(HiddenProfile.PreferredChannelShare)
                ? profile.PreferredChannel
                : random.NextIndex(SimulationVocabulary.Channels.Count);
            double discount = random.NextBool(segment.DiscountShare) ? ProductCatalogue.DrawDiscount(ref random) : 0;
            int count = 1;
            while (count < MostLines && cents >= (count + 1) * 50 && random.NextBool(_continue))
                count++;
            service.Order(customer, day, channel);

            long left = cents;
            for (int line = count; line > 0; line--)
            {
                // Each line takes 0.5 to 1.5 fair shares of what is left; the last one the rest.
                long amount = line == 1 ? left : (long)(left * (0.5 + random.NextUniform()) / line);
                left -= amount;
                SimulatedLine row = Line(ref random, profile, customer, order + 1, day, minute, channel, amount, discount);
                lines.Add(row);
                if (random.NextBool(segment.ReturnShare))
                    Return(ref random, row, service);
            }
        }

        if (_returns.Count == 0)
            return;
        _returns.SortFrom(0, s_byMoment);
        lines.MergeFrom(first, _returns.Rows, s_byMoment);
    }

    private SimulatedLine Line(
        ref RandomStream random, in HiddenProfile profile, int customer, int order, int day, int minute, int channel, long amount, double discount)
    {
        double taste = random.NextUniform();
        int category = taste < HiddenProfile.FirstCategoryShare ? profile.FirstCategory
            : taste < HiddenProfile.FirstCategoryShare + HiddenProfile.SecondCategoryShare ? profile.SecondCategory
            : random.NextIndex(ProductCatalogue.CategoryCount);
        int product = catalogue.Pick(category, random.NextUniform());
        double list = amount / (1 - discount);
        int quantity = Math.Clamp((int)(list / (100 * catalogue.Price(product)) + 0.5), 1, 999);
        long discountCents = (long)Math.Floor(list - amount + 0.5);
        long unitCost = (long)Math.Floor(list * ProductCatalogue.CostRatio(category) / quantity + 0.5);
        return new SimulatedLine
        {
            Customer = customer,
            Order = order,
            Day = day,
            Minute = minute,
            Product = product,
            Channel = channel,
            Quantity = quantity,
            AmountCents = amount,
            DiscountCents = discountCents,
            UnitCostCents = unitCost,
        };
    }

    private void Return(ref RandomStream random, in SimulatedLine row, OrderService service)
    {
        int day = row.Day + 1 + random.NextIndex(ProductCatalogue.ReturnDays);
        if (day < options.Days)
        {
            _returns.Add(row with
            {
                Day = day,
                Quantity = -row.Quantity,
                AmountCents = -row.AmountCents,
                DiscountCents = -row.DiscountCents,
            });
            service.ReturnHandled(row.Customer, day);
        }
        else if (day < options.Days + options.HorizonDays)
        {
            PendingReturnCents += row.AmountCents;
            PendingReturnMarginCents += row.AmountCents - row.Quantity * row.UnitCostCents;
        }
    }
}
