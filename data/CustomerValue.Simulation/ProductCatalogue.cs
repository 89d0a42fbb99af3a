namespace CustomerValue.Simulation;

/// <summary>Products with their category, list price and cost; discounts. Fixed by the number of products, not by chance.</summary>
internal sealed class ProductCatalogue
{
    /// <summary>Days within which a return arrives, each day equally likely.</summary>
    public const int ReturnDays = 30;

    private static readonly double[] s_costRatios = [0.55, 0.50, 0.45, 0.60, 0.40, 0.72, 0.35, 0.65];
    private static readonly double[] s_discountRates = [0.10, 0.20, 0.30];
    private static readonly double[] s_discountCumulative = [0.5, 0.8, 1.0];
    private readonly double[] _prices;
    private readonly int[] _sizes;

    public ProductCatalogue(int products)
    {
        _prices = new double[products];
        _sizes = new int[CategoryCount];
        for (int product = 0; product < products; product++)
        {
            // A low-discrepancy sequence (multiples of the golden ratio) spreads the prices from 3 to 80.
            double u = product * 0.6180339887498949;
            u -= Math.Floor(u);
            _prices[product] = 3 * DeterministicMath.Exp(u * 3.28);
            _sizes[product % CategoryCount]++;
        }
    }

    public static int CategoryCount => s_costRatios.Length;

    /// <summary>Cost of a category's goods as a share of their list price.</summary>
    public static double CostRatio(int category) => s_costRatios[category];

    public static int CategoryOf(int product) => product % CategoryCount;

    public double Price(int product) => _prices[product];

    /// <summary>A product of a category, the first ones more often: the square of a uniform number picks the rank.</summary>
    public int Pick(int category, double uniform) => (int)(_sizes[category] * uniform * uniform) * CategoryCount + category;

    public static double DrawDiscount(ref RandomStream random) => s_discountRates[random.NextByShares(s_discountCumulative)];

    /// <summary>Mean list value per money paid, over orders with and without discount: E[1 / (1 - discount)].</summary>
    public static double MeanListPerPaid(double discountShare)
    {
        double discounted = 0;
        double before = 0;
        for (int i = 0; i < s_discountRates.Length; i++)
        {
            discounted += (s_discountCumulative[i] - before) / (1 - s_discountRates[i]);
            before = s_discountCumulative[i];
        }

        return 1 - discountShare + discountShare * discounted;
    }
}
