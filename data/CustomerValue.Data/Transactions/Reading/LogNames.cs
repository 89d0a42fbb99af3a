using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>The names of a log, and for each thread that parsed what became of its codes.</summary>
internal sealed class LogNames
{
    /// <exception cref="BadDataException">There are more categories or channels than a log can number.</exception>
    public LogNames(ParserNames[] parsers, int threads, CancellationToken cancellation)
    {
        (Customers, CustomerCodes) = Merge(parser => parser.Customers);
        (Products, ProductCodes) = Merge(parser => parser.Products);
        (Categories, CategoryCodes) = Merge(parser => parser.Categories);
        (Channels, ChannelCodes) = Merge(parser => parser.Channels);
        Limit("category", Categories, ParserNames.MostCategories);
        Limit("channel", Channels, ParserNames.MostChannels);

        (NameTable Names, int[][] Codes) Merge(Converter<ParserNames, NameCollector> select) =>
            NameMerger.Merge(Array.ConvertAll(parsers, select), threads, cancellation);
    }

    public NameTable Customers { get; }

    public NameTable Products { get; }

    public NameTable Categories { get; }

    public NameTable Channels { get; }

    public int[][] CustomerCodes { get; }

    public int[][] ProductCodes { get; }

    public int[][] CategoryCodes { get; }

    public int[][] ChannelCodes { get; }

    private static void Limit(string column, NameTable names, int most)
    {
        if (names.Count > most)
            throw ParserNames.TooMany("All files together", column, most);
    }
}
