using System.Globalization;
using System.Text;

namespace CustomerValue.Simulation;

/// <summary>Ready-made bytes of dates, codes and words, shared by the threads.</summary>
internal sealed class TableText
{
    private readonly byte[][] _dates;
    private readonly byte[][] _products;
    private readonly byte[][] _segments;

    public TableText(SimulationModel model)
    {
        SimulationOptions options = model.Options;
        Options = options;
        _dates = new byte[options.Days][];
        for (int day = 0; day < _dates.Length; day++)
            _dates[day] = Bytes(options.Start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        _products = new byte[options.Products][];
        for (int product = 0; product < _products.Length; product++)
            _products[product] = Bytes(string.Create(CultureInfo.InvariantCulture, $"P{product + 1:D3}"));
        _segments = [.. options.Segments.Select(segment => Bytes(segment.Name))];
    }

    public SimulationOptions Options { get; }

    public static byte[][] Channels { get; } = All(SimulationVocabulary.Channels);

    public static byte[][] Categories { get; } = All(SimulationVocabulary.Categories);

    public static byte[][] Activities { get; } = All(SimulationVocabulary.Activities);

    public static byte[][] CampaignChannels { get; } = All(SimulationVocabulary.CampaignChannels);

    public static byte[][] Tiers { get; } = All(SimulationVocabulary.Tiers);

    public static byte[][] AgeBands { get; } = All(SimulationVocabulary.AgeBands);

    public static byte[][] AcquisitionChannels { get; } = All(SimulationVocabulary.AcquisitionChannels);

    public static byte[][] Regions { get; } = All(SimulationVocabulary.Regions);

    public static byte[][] StarSigns { get; } = All(SimulationVocabulary.StarSigns);

    public ReadOnlySpan<byte> Date(int day) => _dates[day];

    public ReadOnlySpan<byte> Product(int product) => _products[product];

    public ReadOnlySpan<byte> Segment(int segment) => _segments[segment];

    /// <summary>A customer as C and at least six digits, counted from 1, so that a larger simulation keeps the ids of a smaller one.</summary>
    public static void Customer(Utf8Buffer buffer, int customer)
    {
        buffer.Raw("C"u8);
        buffer.RawNumber(customer + 1L, 6);
        buffer.Missing();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[][] All(IReadOnlyList<string> words) => [.. words.Select(Bytes)];
}
