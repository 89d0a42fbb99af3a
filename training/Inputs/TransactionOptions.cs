using System.CommandLine;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Store;
using CustomerValue.Sources;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Inputs;

/// <summary>Options of every verb that reads transactions: which files, and how they are written.</summary>
internal sealed class TransactionOptions
{
    private readonly Option<string[]> _files = Opt.Texts("--transactions", "FILE...", "Transaction files: delimited text, JSON, Parquet, Arrow, workbooks, packed by gzip, zip or zstd or not; or an address such as postgres://user@host/shop?table=orders, clickhouse://host/shop?table=orders, duckdb:shop.db?table=orders or parquet:lake/**. Several make one log.");
    private readonly Option<string[]> _map = Opt.Texts("--map", "name=column", "Which column is what, such as date=InvoiceDate or amount=Quantity*UnitPrice; repeatable. Usual header names need none.");
    private readonly Option<string?> _attributes = Opt.Text("--attributes", "FILE", "A second file with one row a customer: customer_id and any columns.");
    private readonly Option<Choice<ReturnsPolicy>> _returns = Opt.Choice<ReturnsPolicy>("--returns", "What negative amounts do: reduce the customer's purchases, nothing, or count as negative spend.",
        new("net", ReturnsPolicy.Net), new("ignore", ReturnsPolicy.Ignore), new("keep", ReturnsPolicy.Keep));
    private readonly Option<Choice<ZeroAmounts>> _zeroAmounts = Opt.Choice<ZeroAmounts>("--zero-amounts", "Whether an amount of 0 is a purchase.",
        new("purchase", ZeroAmounts.Purchase), new("ignore", ZeroAmounts.Ignore));
    private readonly Option<string?> _dateFormat = Opt.Text("--date-format", "FORMAT", "How dates are written, such as dd/MM/yyyy, MM/DD/YYYY or %d.%m.%Y; or excel-1900, excel-1904, epoch-seconds. Default: found in the file.");
    private readonly Option<char?> _delimiter = Opt.Parsed<char?>("--delimiter", "CHARACTER", "Character between fields: itself, or comma, semicolon, tab, bar. Default: found in the file.", text => ParseDelimiter(text));
    private readonly Option<char?> _decimal = Opt.Parsed<char?>("--decimal", "point|comma", "Character before the decimals. Default: found in the file.", text => ParseDecimal(text));
    private readonly Option<string?> _encoding = Opt.Text("--encoding", "NAME", "How the text is encoded: utf-8, utf-16le, utf-16be, windows-1252, iso-8859-15, gb18030 or shift-jis. Default: found in the file.");
    private readonly Option<string?> _timeZone = Opt.Text("--time-zone", "ZONE", "Zone such as Europe/Berlin that decides on which day a moment lies. Default: the day as written.");
    private readonly Option<string?> _sheet = Opt.Text("--sheet", "NAME", "Sheet of a workbook. Default: the first that has the columns.");
    private readonly Option<string?> _currency = Opt.Text("--currency", "CODE", "The one currency of the log; lines in others are left out, or converted with --rates-of-exchange.");
    private readonly Option<string?> _rates = Opt.Text("--rates-of-exchange", "FILE", "CSV with the columns currency and rate: what one unit is worth in --currency.");
    private readonly Option<string[]> _keep = Opt.Texts("--keep", "column=word,...", "Only lines with one of these words count, such as status=paid,completed; repeatable.");
    private readonly Option<string[]> _drop = Opt.Texts("--drop", "column=word,...", "Lines with one of these words do not count, such as status=cancelled; repeatable.");
    private readonly Option<string[]> _refund = Opt.Texts("--refund", "column=word,...", "Lines with one of these words are money given back although their amount is positive; repeatable.");
    private readonly Option<string?> _where = Opt.Text("--where", "CONDITION", "Only lines that meet a condition over the columns count, such as \"Country = 'DE'\".");
    private readonly Option<Choice<bool>> _stray = Opt.Choice<bool>("--stray-days", "Whether rows far behind all others count and move the last day.", new("leave", false), new("keep", true));
    private readonly Option<Choice<bool?>> _header = Opt.Choice<bool?>("--header", "Whether the first line holds column names.", new("auto", null), new("yes", true), new("no", false));
    private readonly Option<double> _maxRejected = Opt.Number("--max-rejected", "Share of unreadable lines above which reading fails.", 0.05, 0, 1);
    private readonly Option<string?> _rejects = Opt.Text("--rejects", "FILE", "Write every rejected line to a CSV file.");
    private readonly Option<int> _threads = Opt.Integer("--threads", "Threads to use; results do not depend on it.", Math.Clamp(Environment.ProcessorCount, 1, MaxThreads), 1, MaxThreads);

    private readonly Argument<string[]> _named = new("FILES") { Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [], Description = "Transaction files, as with --transactions: files, folders, patterns such as 'orders-*.csv', or - for standard input." };

    private const int MaxThreads = 64;

    public void AddTo(Command command)
    {
        _files.Aliases.Add("-t");
        if (command.Arguments.Count == 0)
            command.Add(_named);
        foreach (Option option in (Option[])[_files, _map, _attributes, _returns, _zeroAmounts, _dateFormat, _delimiter, _decimal, _encoding, _timeZone, _sheet, _currency, _rates, _keep, _drop, _refund, _where, _stray, _header, _maxRejected, _rejects, _threads])
            command.Add(option);
    }

    /// <summary>Whether files are named, where they need not be.</summary>
    public bool AreNamed(ParseResult parse) => parse.GetValue(_files) is { Length: > 0 } || parse.GetValue(_named) is { Length: > 0 };

    /// <summary>What is to be read.</summary>
    /// <param name="parse">What was typed.</param>
    /// <param name="environment">Where paths begin.</param>
    /// <param name="store">The models that the transactions are for: customers erased there are left out.</param>
    /// <exception cref="UsageException">No file is named, or an option does not hold.</exception>
    public TransactionInput Read(ParseResult parse, CommandEnvironment environment, ModelStore? store = null)
    {
        IReadOnlyList<string> files = InputPaths.Expand([.. parse.GetValue(_named) ?? [], .. parse.GetValue(_files) ?? []], environment);
        if (files.Count == 0)
            throw new UsageException("Found no transaction file, expected --transactions FILE... with at least one.");
        ReaderOptions options = Notation(parse, environment);
        string? attributes = parse.GetValue(_attributes);
        return new TransactionInput(files, options, attributes is null ? null : environment.PathOf(attributes)) { Erased = store is null ? ErasedCustomers.None : ErasedCustomers.In(store.Folder) };
    }

    /// <summary>How transactions are written, wherever they lie.</summary>
    /// <exception cref="UsageException">An option does not hold.</exception>
    public ReaderOptions Notation(ParseResult parse, CommandEnvironment environment)
    {
        ReaderOptions options = new()
        {
            Mapping = ParseMapping(parse.GetValue(_map) ?? []),
            Delimiter = parse.GetValue(_delimiter),
            DecimalSeparator = parse.GetValue(_decimal),
            Encoding = parse.GetValue(_encoding),
            TimeZone = parse.GetValue(_timeZone),
            Sheet = parse.GetValue(_sheet),
            Currency = parse.GetValue(_currency),
            RatesOfExchange = parse.GetValue(_rates) is { } rates ? environment.PathOf(rates) : null,
            Keep = parse.GetValue(_keep) ?? [],
            Drop = parse.GetValue(_drop) ?? [],
            Refund = parse.GetValue(_refund) ?? [],
            Where = parse.GetValue(_where),
            KeepStrayDays = parse.Chosen(_stray),
            Formats = SourceFormats.All,
            Places = SourcePlaces.All,
            HasHeader = parse.Chosen(_header),
            DateFormat = parse.GetValue(_dateFormat),
            Returns = parse.Chosen(_returns),
            ZeroAmounts = parse.Chosen(_zeroAmounts),
            MaxRejectedShare = parse.GetValue(_maxRejected),
            LatestDay = environment.Today,
            RejectsFile = parse.GetValue(_rejects) is { } rejects ? environment.PathOf(rejects) : null,
            Threads = parse.GetValue(_threads),
        };
        IReadOnlyList<string> problems = options.Problems();
        if (problems.Count > 0)
            throw new UsageException(string.Join(' ', problems));
        return options;
    }

    /// <summary>What an earlier run read, from where it lies now where that is given.</summary>
    public TransactionInput ReadAgain(ParseResult parse, CommandEnvironment environment, TransactionInput earlier)
    {
        string[] files = parse.GetValue(_files) ?? [];
        return new TransactionInput(
            [.. (files.Length > 0 ? files : earlier.Files).Select(name => InputPaths.Rooted(name, environment))],
            earlier.Options with { Threads = parse.GetValue(_threads) },
            (parse.GetValue(_attributes) ?? earlier.AttributesFile) is { } attributes ? environment.PathOf(attributes) : null);
    }

    private static ColumnMapping ParseMapping(string[] pairs)
    {
        try
        {
            return ColumnMapping.Parse(pairs);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--map: {error.Message}", error);
        }
    }

    private static char ParseDecimal(string text) => text switch
    {
        "point" or "." => '.',
        "comma" or "," => ',',
        _ => throw new FormatException("one of point, comma"),
    };

    private static char ParseDelimiter(string text) => text switch
    {
        "comma" => ',',
        "semicolon" => ';',
        "tab" or "\\t" => '\t',
        "bar" => '|',
        { Length: 1 } => text[0],
        _ => throw new FormatException("one character, or comma, semicolon, tab or bar"),
    };
}
