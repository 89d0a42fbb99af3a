using System.CommandLine;
using CustomerValue.Data.Files;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Models;

/// <summary><c>models export</c>: writes a version's champion for other programs.</summary>
internal sealed class ExportVerb : Verb
{
    private readonly StoreOptions _store = new();
    private readonly Argument<string?> _version = VersionArgument.Optional("Version to export. Default: the champion.");
    private readonly Option<Choice<ExportFormat>> _format = Opt.Choice("--format", "What to write: all three answers (onnx, ml-net), or the trees within (lightgbm, xgboost).",
        [.. new[] { ExportFormat.Onnx, ExportFormat.MLNet, ExportFormat.LightGbm, ExportFormat.Xgboost }.Select(format => new Choice<ExportFormat>(format.Name, format))]);
    private readonly Option<string?> _out = Opt.Text("--out", "PLACE", "The file; for trees a folder, which gets a file a target. Default: the version's name, in the present folder.");

    public ExportVerb() : base("export", "Write a version's champion in a format of other programs.")
    {
        Add(_version);
        Add(_format);
        Add(_out);
        _store.AddTo(this, withBook: false);
    }

    public override Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        VersionReader reader = store.Open(parse.GetValue(_version) ?? StoreGuard.Champion(store));
        ExportFormat format = parse.Chosen(_format);
        ScoringModel model = ScoringModel.Load(reader, Entrants.Catalogue);
        string place = session.Environment.PathOf(parse.GetValue(_out) ?? (format.Formulas is null ? $"{model.Version}-{format.Name}" : model.Version + format.Ending));
        ExportAnswer answer = format.Formulas is null ? Trees(model, format, place) : Answers(model, reader.Manifest, format, place);

        session.People.Say($"{answer.Files.Count} {(answer.Files.Count == 1 ? "file" : "files")} of {model.Version} as {format}: {string.Join(", ", answer.Files)}.");
        if (answer.Inputs is { } inputs)
            session.Hint($"It asks for {inputs.Count} columns: {inputs.Count(input => input.Kind is FormulaInputKind.Feature or FormulaInputKind.Category)} features, and {string.Join(", ", inputs.Where(input => input.Kind is FormulaInputKind.Number or FormulaInputKind.Day).Select(input => input.Name))}.");
        else if (answer.Trees!.Any(trees => trees.StartsFromPrior))
            session.Hint("They correct a prior: its margin, the link, the unit of money and what makes the answers agree are left to the caller. The formats onnx and ml-net hold all of it.");
        session.Answer(answer);
        return Task.FromResult(ExitCode.Done);
    }

    private static ExportAnswer Answers(ScoringModel model, Manifest manifest, ExportFormat format, string file)
    {
        VersionFormulas formulas;
        try
        {
            formulas = model.ToFormulas(manifest.Cutoff);
        }
        catch (NotSupportedException error)
        {
            throw new ModelStoreException($"Version {model.Version} cannot be written as {format}: {error.Message}, expected arithmetic on its features and priors. Serve it, or use the zip within the version where it holds one.", error);
        }
        WholeFile.Write(file, stream => format.Formulas!(formulas, stream));
        return new ExportAnswer(model.Version, format.Name, model.Horizon.Days, [file], [.. formulas.Inputs.Select(ExportedInput.Of)], null);
    }

    private static ExportAnswer Trees(ScoringModel model, ExportFormat format, string folder)
    {
        if (model.Trees.Count == 0)
            throw new ModelStoreException($"Version {model.Version} holds no trees to write as {format}: its champion is {model.Champion}. Write it with --format onnx or ml-net.");
        Directory.CreateDirectory(folder);
        List<ExportedTrees> files = [];
        foreach (BoostedModel trees in model.Trees)
            foreach (ExportedTrees exported in format.FilesOf(trees))
            {
                WholeFile.Write(Path.Combine(folder, exported.File), stream => format.Trees!(trees.MeanOf(exported.Target), stream));
                files.Add(exported);
            }
        return new ExportAnswer(model.Version, format.Name, model.Horizon.Days, [.. files.Select(file => Path.Combine(folder, file.File))], null, files);
    }
}
