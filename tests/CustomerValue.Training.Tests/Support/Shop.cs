using System.Globalization;
using System.Text.Json.Nodes;

namespace CustomerValue.Training.Tests.Support;

/// <summary>A simulated shop with everything that strategy can rest on, and a version trained on it: a copy for each class of tests.</summary>
public sealed class Shop : IAsyncLifetime
{
    internal Workspace Workspace { get; } = new();

    /// <summary>What training said.</summary>
    internal JsonNode Trained { get; private set; } = null!;

    /// <summary>Options that name the facts about customers.</summary>
    internal static string[] Evidence { get; } = ["--transactions", "shop/transactions.csv", "--activities", "shop/activities.csv", "--referrals", "shop/referrals.csv", "--experience", "experience.csv"];

    /// <summary>Options that name the house's choices.</summary>
    internal static string[] Choices { get; } = ["--rates", "rates.csv", "--pools", "pools.csv", "--strategy", "rules.json"];

    public async ValueTask InitializeAsync() => Trained = (await Support.Trained.Shop.CopyToAsync(Workspace)).Json;

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes rates, pools, rules and answers of customers beside the shop's files.</summary>
    internal static void Write(Workspace workspace)
    {
        workspace.Write("rates.csv", "activity,unit,cost,pool\ndelivery,parcel,2.5,warehouse\nreturn_handling,parcel,1,warehouse\ncall,call,0,desk\ncomplaint,case,4,desk\n");
        workspace.Write("pools.csv", "pool,cost,capacity\nwarehouse,6000,20000\ndesk,4000,15000\n");
        workspace.Write("rules.json", "{ \"strategy\": { \"share_of_value\": 0.75 }, \"influence\": { \"share\": 0.4 }, \"category_margins\": { \"food\": 0.2 } }\n");
        string[] ids = [.. File.ReadLines(workspace.PathOf("shop", "customers.csv")).Skip(1).Select(line => line.Split(',')[0])];
        workspace.Write("experience.csv", "customer_id,date,utility,process_quality,price,effort\n"
            + string.Concat(ids.Where((_, i) => i % 3 == 0).Select((id, i) => string.Create(CultureInfo.InvariantCulture, $"{id},2022-09-01,{4 + i % 5},{3 + i % 4},{2 + i % 6},2\n"))));
    }

    /// <summary>A file of recommendations as columns by name.</summary>
    internal Dictionary<string, string[]> Columns(string file)
    {
        string[][] rows = [.. File.ReadLines(Workspace.PathOf(file)).Select(Fields)];
        return rows[0].Select((name, column) => (name, values: rows.Skip(1).Select(row => row[column]).ToArray())).ToDictionary(pair => pair.name, pair => pair.values, StringComparer.Ordinal);
    }

    /// <summary>A column of numbers.</summary>
    internal double[] Numbers(string file, string column) => Array.ConvertAll(Columns(file)[column], text => double.Parse(text, CultureInfo.InvariantCulture));

    private static string[] Fields(string line)
    {
        List<string> fields = [""];
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                fields.Add("");
            else
                fields[^1] += c;
        }
        return [.. fields];
    }
}
