using System.CommandLine;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Sources;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Features;

/// <summary><c>features</c>: features and outcomes at past days, for notebooks and pipelines of one's own.</summary>
internal sealed class FeaturesVerb : Verb
{
    private const string Channel = "channel=", Category = "category=";

    private readonly TransactionOptions _transactions = new();
    private readonly Option<DateOnly[]> _cutoffs = Opt.Dates("--cutoff", "Days as of which features are told; everything before them is looked at, the horizon after them is the outcome. Default: the latest whose horizon the data cover.");
    private readonly Option<int> _horizon = Opt.Integer("--horizon", "Days ahead that the outcomes count.", 90, Horizon.MinDays, Horizon.MaxDays);
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "The file: CSV, Parquet (.parquet) or ML.NET's binary format (.idv).");
    private readonly Option<string?> _row = Opt.Text("--row", "FILE", "Write a C# class with the features as properties too, such as Row.cs, for PredictionEngine.");

    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "By this version's own recipe, and with the columns that its exports ask for beside features; outcomes only where the data cover them. Default day: the one after the last.");
    private readonly Option<Choice<Compute>> _compute = Opt.Choice<Compute>("--compute", "Where aggregates are computed: by the database or lake that holds the transactions, here, or wherever is sooner done.",
        new("auto", Compute.Auto), new("local", Compute.Local), new("source", Compute.Source));
    private readonly Option<int?> _ranges = Opt.Integer("--ranges", "Parts in which a source computes customers: more of them take less memory there and here, and less is lost where a run is cut off. Default: 1 up to 500,000 rows, then by their number.", 1, RangePlan.MostRanges);
    private readonly Option<Choice<SqlLanguage?>> _sql = Opt.Choice<SqlLanguage?>("--sql", "Print the queries that compute aggregates and outcomes of a table instead, in a database's language; no database is asked.",
        new("off", null), new("spark", SqlLanguage.Spark), new("bigquery", SqlLanguage.BigQuery), new("postgres", SqlLanguage.Postgres), new("duckdb", SqlLanguage.DuckDb), new("clickhouse", SqlLanguage.ClickHouse));
    private readonly Option<string?> _table = Opt.Text("--table", "NAME", "The table of --sql, such as sales.orders; --map names its columns.");
    private readonly Option<string[]> _levels = Opt.Texts("--level", "channel=NAME", "A channel or category (category=NAME) that --sql tells apart, as rows are not asked for them; repeatable.");
    private readonly StoreOptions _store = new();

    public FeaturesVerb() : base("features", "Write every customer's features at one or more past days, with what happened after them: snapshots for a notebook.")
    {
        _transactions.AddTo(this);
        foreach (Option option in (Option[])[_cutoffs, _horizon, _out, _row, _model, _compute, _ranges, _sql, _table, _levels])
            Add(option);
        _store.AddTo(this, withBook: false);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        if (parse.Chosen(_sql) is { } language)
            return WriteSql(parse, session, language);
        if (parse.GetValue(_table) is not null || parse.IsGiven(_levels))
            throw new UsageException("Found --table or --level without --sql, expected it, too: a table that is read is part of its address, --transactions 'postgres://host/shop?table=NAME'.");
        TransactionInput input = _transactions.Read(parse, session.Environment);
        string file = session.Environment.PathOf(parse.GetValue(_out) ?? throw new UsageException("Found no --out, expected --out FILE with a name in .csv, .parquet or .idv."));
        SnapshotFormat format = SnapshotFormat.Of(file);
        string? row = parse.GetValue(_row) is { } path ? session.Environment.PathOf(path) : null;
        Horizon horizon = new(parse.GetValue(_horizon));
        if (parse.GetValue(_model) is not null && parse.IsGiven(_horizon))
            throw new UsageException("Found --horizon beside --model, expected one of them: a version knows its own horizon.");
        VersionReader? reader = parse.GetValue(_model) is { } version ? _store.Store(parse, session.Environment).Open(version) : null;
        DateOnly[] cutoffs = [.. (parse.GetValue(_cutoffs) ?? []).Distinct().Order()];

        Compute compute = parse.Chosen(_compute);
        if (reader is not null && compute == Compute.Source)
            throw new UsageException("Found --compute source beside --model, expected one of them: the columns of a version's exports are made of rows.");
        ComputePlace place = ComputePlace.Choose(reader is null ? compute : Compute.Local, input);

        if (place.There is null && parse.GetValue(_ranges) is not null)
            throw new UsageException($"Found --ranges, expected it where the source computes the aggregates. {place.Why}");

        (string told, FeaturesAnswer answer) = await session.WithProgressAsync(progress =>
        {
            string told;
            IReadOnlyList<Finding> doubts;
            SnapshotRecipe recipe;
            RangeRun? run = null;
            FeatureRanges? ranges = null;
            try
            {
                if (place.There is { } there)
                {
                    CustomerAttributes? attributes = input.AttributesFile is null ? null : CustomerAttributes.Read(input.AttributesFile, new AttributeReadOptions(), progress, session.Cancellation);
                    RangePlan plan = SnapshotRecipe.PlanFor(there, cutoffs, horizon, parse.GetValue(_ranges), session.Cancellation);
                    run = new RangeRun(plan, file + ".ranges", ThisProgram.Product);
                    (recipe, ranges) = (SnapshotRecipe.Of(plan, run, attributes, input.Options.Threads), new(plan.Ranges, run.TakenUp));
                    (told, doubts) = ($"{Figures.Count(there.Rows)} transactions, {Figures.Day(there.FirstDay)} to {Figures.Day(there.LastDay)}", attributes?.Findings ?? []);
                }
                else
                {
                    ScoringModel? model = reader is null ? null : ScoringModel.Load(reader, Entrants.Catalogue);
                    LoadedData data = LoadedData.Load(input, model?.Attributes, progress, session.Cancellation);
                    recipe = model is null ? SnapshotRecipe.Of(data, input, cutoffs, horizon) : SnapshotRecipe.Of(data, input, cutoffs, model, reader!.Manifest);
                    (told, doubts) = (ReadReport.Sentence(data.Read.Summary), data.Findings);
                }
                FeaturesTally tally = new();
                WholeFile.Write(file, stream => format.Write(recipe, tally.Of(recipe.Snapshots(progress, session.Cancellation)), stream, session.Cancellation));
                if (row is not null)
                    WholeFile.Write(row, SnapshotFormat.RowClass(recipe.Schema), FileReaders.Anyone);
                run?.Remove();
                return (told, FeaturesAnswer.Of(recipe, tally, ranges, file, format.Name, row) with { Findings = [.. doubts.Concat(tally.Findings).Distinct()] });
            }
            finally
            {
                run?.Dispose();
            }
        });

        session.People.Say(told);
        if (reader is null && SourcePlaces.IsAddress(input.Files[0]))
            session.People.Say(place.Why);
        if (answer.Ranges is { TakenUp: > 0 } parts)
            session.People.Say($"{Figures.Count(parts.TakenUp)} of {Figures.Count(parts.Count)} ranges of customers were taken over from an earlier run.");
        Write(session.People, answer);
        session.Show(answer.Findings);
        session.Answer(answer);
        return ExitCode.Done;
    }

    private int WriteSql(ParseResult parse, Session session, SqlLanguage language)
    {
        if (_transactions.AreNamed(parse))
            throw new UsageException("Found --sql beside transactions, expected --table NAME: no table is asked, so --map names its columns.");
        string table = parse.GetValue(_table) ?? throw new UsageException("Found --sql without --table, expected --table NAME, and its columns by --map customer=NAME date=NAME amount=NAME.");
        DateOnly[] cutoffs = parse.GetValue(_cutoffs) is { Length: > 0 } days ? [.. days.Distinct().Order()] : throw new UsageException("Found --sql without --cutoff, expected --cutoff DATE: no table is asked for its last day.");
        ReaderOptions options = _transactions.Notation(parse, session.Environment);
        Horizon horizon = new(parse.GetValue(_horizon));
        string[] levels = parse.GetValue(_levels) ?? [];
        if (Array.Find(levels, level => !level.StartsWith(Channel, StringComparison.Ordinal) && !level.StartsWith(Category, StringComparison.Ordinal)) is { } other)
            throw new UsageException($"Found --level {other}, expected {Channel}NAME or {Category}NAME.");
        string[] NamesOf(string role) => [.. levels.Where(level => level.StartsWith(role, StringComparison.Ordinal)).Select(level => level[role.Length..])];
        SqlAnswer answer = new(SourceSql.NameOf(language), table, [.. cutoffs.SelectMany(cutoff => SourceSql.Of(language, table, options.Mapping, options.Returns, options.ZeroAmounts, options.LatestDay, new ObservationWindow(cutoff, horizon), NamesOf(Channel), NamesOf(Category)))]);
        if (parse.GetValue(_out) is { } file)
            WholeFile.Write(session.Environment.PathOf(file), answer.ToText(), FileReaders.Anyone);
        else if (!session.Options.Json)
            session.Environment.Out.Write(answer.ToText());
        session.Answer(answer);
        return ExitCode.Done;
    }

    private static void Write(IAnsiConsole console, FeaturesAnswer answer)
    {
        Table table = Look.Table("cutoff", ">customers", ">stayed away", ">purchases", ">spend");
        foreach (FeaturesAtDay day in answer.Cutoffs)
            table.AddRow(Figures.Day(day.Cutoff), Figures.Count(day.Customers), Count(day.Churned), Count(day.Purchases), Count(day.Spend));
        console.Draw(table);
        console.Say($"{Figures.Count(answer.Rows)} rows of {answer.Features} features{(answer.Cutoffs[0].Churned is null ? "" : $" and the outcomes of {answer.HorizonDays} days")} in {answer.Out}{(answer.Row is null ? "" : $"; the class of a row in {answer.Row}")}.");
    }

    private static string Count(double? value) => value is { } known ? Figures.Count((long)known) : "";
}
