using System.CommandLine;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Files;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Features;

/// <summary><c>features</c>: features and outcomes at past days, for notebooks and pipelines of one's own.</summary>
internal sealed class FeaturesVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly Option<DateOnly[]> _cutoffs = Opt.Dates("--cutoff", "Days as of which features are told; everything before them is looked at, the horizon after them is the outcome. Default: the latest whose horizon the data cover.");
    private readonly Option<int> _horizon = Opt.Integer("--horizon", "Days ahead that the outcomes count.", 90, Horizon.MinDays, Horizon.MaxDays);
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "The file: CSV, Parquet (.parquet) or ML.NET's binary format (.idv).");
    private readonly Option<string?> _row = Opt.Text("--row", "FILE", "Write a C# class with the features as properties too, such as Row.cs, for PredictionEngine.");

    public FeaturesVerb() : base("features", "Write every customer's features at one or more past days, with what happened after them: snapshots for a notebook.")
    {
        _transactions.AddTo(this);
        foreach (Option option in (Option[])[_cutoffs, _horizon, _out, _row])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        TransactionInput input = _transactions.Read(parse, session.Environment);
        string file = session.Environment.PathOf(parse.GetValue(_out) ?? throw new UsageException("Found no --out, expected --out FILE with a name in .csv, .parquet or .idv."));
        SnapshotFormat format = SnapshotFormat.Of(file);
        string? row = parse.GetValue(_row) is { } path ? session.Environment.PathOf(path) : null;
        Horizon horizon = new(parse.GetValue(_horizon));
        DateOnly[] cutoffs = [.. (parse.GetValue(_cutoffs) ?? []).Distinct().Order()];

        (LoadedData data, List<Snapshot> snapshots) = await session.WithProgressAsync(progress =>
        {
            LoadedData data = LoadedData.Load(input, null, progress, session.Cancellation);
            if (cutoffs.Length == 0)
                cutoffs = [new RacePlan(null, horizon, 0, new()).On(data, input.Options).Cutoff];
            SnapshotBuilder builder = BuilderAt(cutoffs[0], horizon, data, input);
            List<Snapshot> snapshots = [];
            foreach (DateOnly cutoff in cutoffs)
            {
                progress.Report(new("features", snapshots.Count, cutoffs.Length, "days"));
                snapshots.Add(builder.BuildWithOutcomes(data.Log, data.Attributes, new ObservationWindow(cutoff, horizon), session.Cancellation));
            }
            progress.Report(new("writing", 0, null, "files"));
            WholeFile.Write(file, stream => format.Write(snapshots, stream, session.Cancellation));
            if (row is not null)
                WholeFile.Write(row, SnapshotFormat.RowClass(builder.Schema));
            return (data, snapshots);
        });

        FeaturesAnswer answer = FeaturesAnswer.Of(snapshots, horizon, file, format.Name, row) with { Findings = [.. data.Findings.Concat(snapshots.SelectMany(snapshot => snapshot.Features.Findings)).Distinct()] };
        session.People.Say(ReadReport.Sentence(data.Read.Summary));
        Write(session.People, answer);
        session.Show(answer.Findings);
        session.Answer(answer);
        return ExitCode.Done;
    }

    /// <summary>Which features there are is decided by what was known at the first day, so that no later one lends anything to an earlier.</summary>
    private static SnapshotBuilder BuilderAt(DateOnly first, Horizon horizon, LoadedData data, TransactionInput input)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(data.Log, horizon, first);
        return new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue, data.Attributes?.Schema), input.Options.Returns, input.Options.Threads);
    }

    private static void Write(IAnsiConsole console, FeaturesAnswer answer)
    {
        Table table = Look.Table("cutoff", ">customers", ">stayed away", ">purchases", ">spend");
        foreach (FeaturesAtDay day in answer.Cutoffs)
            table.AddRow(Figures.Day(day.Cutoff), Figures.Count(day.Customers), Figures.Count(day.Churned), Figures.Count((long)day.Purchases), Figures.Count((long)day.Spend));
        console.Draw(table);
        console.Say($"{Figures.Count(answer.Rows)} rows of {answer.Features} features and the outcomes of {answer.HorizonDays} days in {answer.Out}{(answer.Row is null ? "" : $"; the class of a row in {answer.Row}")}.");
    }
}
