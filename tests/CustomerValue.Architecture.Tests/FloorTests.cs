using CustomerValue.Architecture.Tests.Source;

namespace CustomerValue.Architecture.Tests;

/// <summary>The folders of a project stand in floors: a folder knows only those below it. So there are no circles, and what lies low can be read without what lies above.</summary>
public sealed class FloorTests(ITestOutputHelper output)
{
    /// <summary>The folders of each project, lowest first; "." is the project's own folder.</summary>
    private static readonly Dictionary<string, string[]> s_floors = new(StringComparer.Ordinal)
    {
        ["CustomerValue.Boosting"] = ["Errors", "Evaluation", "Objectives", "Parallel", "Data", "Options", "Binning", "Model", "Files", "Training", "Explaining", "Tuning"],
        ["CustomerValue.BuyTillYouDie"] = ["Histories", "Numerics", "Fitting", "Contracts", "Discrete", "Transactions", "BetaGeometric", "Diagnostics", "Lifetimes", "Catalogue", "Spend", "Covariates"],
        ["CustomerValue.Data"] = ["Diagnostics", "Expressions", "Files", "Text", "Windows", "Transactions", "Attributes", "Aggregates", "Features", "Outcomes"],
        ["CustomerValue.CustomerBook"] = ["Contents", "Engines", "Work", "Access", "Outcomes", ".", "Erasure"],
        ["CustomerValue.Simulation"] = ["."],
        ["CustomerValue.Models"] = ["Evaluation", "Store", "Answers", "Snapshots", "Formulas", "Seasons", "Forecasting", "Candidates", "Intervals", "Explanations", "Racing", "Drift", "Value", "Versions", "Tables"],
        ["CustomerValue.Reporting"] = ["Design", "Rendering", "Charts", "Figures", "Report", "Cards", "Portfolio", "Visits", "Campaigns", "Fits", "."],
        ["CustomerValue.Decisions"] = ["Calendars", "Optimisation", "Playbook", "Customers", "Uplift", "Gains", "Deciding", "Contacts", "Planning", "Talking", "Versions", "Experiments", "Campaigns"],
        ["CustomerValue.Strategy"] =
        [
            "Files", "Margins", "Numerics", "Scorecard", "Costs", "Experience", "Influence", "Population", "Headroom", "Quadrants", "Values",
            "Lifecycle", "Recipe", "Strategies", "Naming", "Portfolio", "Versions",
        ],
        ["CustomerValue.MLNet"] = ["Transforms", "Views", "Frames", "Files", "Trees", "Serving", "Pipelines", "FastTree", "."],
        ["CustomerValue.MLNet.LightGbm"] = ["Trees", "Formulas", "Trainers", "."],
        ["CustomerValue.Onnx"] = ["Protobuf", "Graphs", "."],
        ["CustomerValue.Sources"] = ["Archives", "Workbooks", "Columnar", "Databases", "Answers", ".", "Ranges"],
        ["CustomerValue.Training"] =
        [
            "Terminal", "Hosting", "Inputs", "Simulate", "Strategies", "Tables", "Uplift", "Drift", "Evaluate", "Fit", "Features", "Recommend", "Score", "Validate", "Decide", "Plan", "Campaigns",
            "Models", "Keys", "Erase", "Train", "Demo", "Doctor", ".",
        ],
        ["CustomerValue.Client"] = ["."],
        ["CustomerValue.Serving"] = ["Configuration", "Json", "Requests", "Lifetime", "Telemetry", "Answers", "Errors", "Security", "Idempotency", "Calls", "Customers", "Models", "Health", "Predictions", "Recommendations", "Decisions", "Outcomes", "Trainer", "Jobs", "Pages", "Hosting", "OpenApi", "."],
    };

    public static TheoryData<string> Projects => [.. House.Products];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_knows_only_those_below_it(string project)
    {
        s_floors.Should().ContainKey(project, "a new project needs its floors written down");
        string[] floors = s_floors[project];
        ILookup<(string From, string To), string> pairs = Pairs(House.Find(project));
        List<string> rooms = [.. House.Find(project).Sources.Concat(House.Find(project).Components).Select(file => Room(House.Find(project), file)).Distinct()];

        rooms.Should().BeSubsetOf(floors, "every folder has its floor");
        pairs.Where(pair => Array.IndexOf(floors, pair.Key.From) <= Array.IndexOf(floors, pair.Key.To))
            .Select(pair => $"{pair.Key.From} knows {pair.Key.To}, which stands above it: {string.Join(", ", pair.Distinct().Order(StringComparer.Ordinal).Take(8))}")
            .Should().BeEmpty();
    }

    [Fact]
    public void No_two_folders_of_a_project_know_each_other()
    {
        Dictionary<string, List<string>> circles = [];
        foreach (SourceProject project in House.Products.Select(House.Find))
        {
            HashSet<(string From, string To)> pairs = [.. Pairs(project).Select(pair => pair.Key)];
            circles[project.Name] = [.. pairs.Where(pair => string.CompareOrdinal(pair.From, pair.To) < 0 && pairs.Contains((pair.To, pair.From))).Select(pair => $"{pair.From} and {pair.To}")];
            output.WriteLine($"{project.Name}: {pairs.Count} pairs of folders, {circles[project.Name].Count} circles {string.Join(", ", circles[project.Name])}");
        }
        circles.Where(pair => pair.Value.Count > 0).Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value)}").Should().BeEmpty();
    }

    /// <summary>Who knows whom, with what is known: types of one folder that files of another use.</summary>
    private static ILookup<(string From, string To), string> Pairs(SourceProject project) => project.Uses
        .Where(use => use.Type.ContainingAssembly?.Name == project.Name)
        .SelectMany(use => use.Type.DeclaringSyntaxReferences.Select(declared => (From: Room(project, use.File), To: Room(project, declared.SyntaxTree.FilePath), What: $"{Path.GetFileName(use.File)} -> {use.Type.Name}")))
        .Where(pair => pair.From != pair.To)
        .ToLookup(pair => (pair.From, pair.To), pair => pair.What);

    private static string Room(SourceProject project, string file) => project.RoomOf(file).Split('/')[0];
}
