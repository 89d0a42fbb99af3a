using System.Globalization;
using System.Security.Cryptography;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Text;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>Who gets what, a column each, in the order of the ids, with what was forecast of them when it was drawn.</summary>
public sealed class CampaignAssignment
{
    private static readonly string[] s_columns = ["customer_id", "arm", "intended", "stratum", "strategy", "buying_probability", "expected_purchases", "expected_spend", "expected_margin"];

    /// <summary>Customer ids in ordinal order.</summary>
    public required string[] Ids { get; init; }

    /// <summary>Group of each customer: 0 for the control group, else the arm.</summary>
    public required int[] Arm { get; init; }

    /// <summary>The arm a customer was meant for, where each has one of their own; 0 where any.</summary>
    public required int[] Intended { get; init; }

    /// <summary>Stratum of the draw, from 0.</summary>
    public required int[] Stratum { get; init; }

    /// <summary>Strategy on the day of the plan.</summary>
    public required string[] Strategy { get; init; }

    /// <summary>Forecast probability of a purchase within the horizon of the model.</summary>
    public required double[] BuyingProbability { get; init; }

    /// <summary>Forecast purchases within it.</summary>
    public required double[] ExpectedPurchases { get; init; }

    /// <summary>Forecast spend within it; money.</summary>
    public required double[] ExpectedSpend { get; init; }

    /// <summary>Forecast net margin within it; money.</summary>
    public required double[] ExpectedMargin { get; init; }

    /// <summary>Number of customers.</summary>
    public int Count => Ids.Length;

    /// <summary>The file's content; the same assignment gives the same bytes.</summary>
    internal byte[] ToBytes(IReadOnlyList<PlannedArm> arms)
    {
        using MemoryStream stream = new();
        using (CsvWriter csv = new(stream, s_columns))
            for (int i = 0; i < Count; i++)
            {
                csv.Text(Ids[i]);
                csv.Text(arms[Arm[i]].Id);
                csv.Text(Intended[i] == 0 ? null : arms[Intended[i]].Id);
                csv.Whole(Stratum[i]);
                csv.Text(Strategy[i]);
                csv.Number(BuyingProbability[i]);
                csv.Number(ExpectedPurchases[i]);
                csv.Number(ExpectedSpend[i]);
                csv.Number(ExpectedMargin[i]);
                csv.EndRow();
            }
        return stream.ToArray();
    }

    /// <summary>The same draw with another name for a customer, in the order of the names.</summary>
    internal CampaignAssignment Renamed(string customer, string alias)
    {
        string[] names = Array.ConvertAll(Ids, id => id == customer ? alias : id);
        int[] order = [.. Enumerable.Range(0, Count).OrderBy(i => names[i], StringComparer.Ordinal)];
        return new CampaignAssignment
        {
            Ids = Ordered(names),
            Arm = Ordered(Arm),
            Intended = Ordered(Intended),
            Stratum = Ordered(Stratum),
            Strategy = Ordered(Strategy),
            BuyingProbability = Ordered(BuyingProbability),
            ExpectedPurchases = Ordered(ExpectedPurchases),
            ExpectedSpend = Ordered(ExpectedSpend),
            ExpectedMargin = Ordered(ExpectedMargin),
        };

        T[] Ordered<T>(T[] column) => Array.ConvertAll(order, i => column[i]);
    }

    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="BadDataException">It is not the file that was planned.</exception>
    internal static CampaignAssignment Read(string path, CampaignPlan plan)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (IOException error)
        {
            throw new BadDataException($"{path}: found no assignment of the campaign, expected the file that was written when it was planned; restore it, or plan again under another name.", error);
        }
        string hash = HashOf(content);
        if (hash != plan.AssignmentSha256)
            throw new BadDataException($"{path}: found a file with SHA-256 {hash[..12]}..., expected {plan.AssignmentSha256[..Math.Min(12, plan.AssignmentSha256.Length)]}... as planned: somebody changed who gets what, so a result would mean nothing; restore the file.");
        string[] arms = [.. plan.Arms.Select(arm => arm.Id)];
        List<string> ids = [], strategies = [];
        List<int> arm = [], intended = [], stratum = [];
        List<double>[] numbers = [[], [], [], []];
        using InputRows rows = new(path);
        int[] columns = [.. s_columns.Select(name => rows.Require(name))];
        while (rows.Next())
        {
            ids.Add(FormulaGuard.Remove(rows.Text(columns[0])));
            arm.Add(Array.IndexOf(arms, FormulaGuard.Remove(rows.Text(columns[1]))));
            intended.Add(rows.Text(columns[2]).Length == 0 ? 0 : Array.IndexOf(arms, FormulaGuard.Remove(rows.Text(columns[2]))));
            stratum.Add(int.Parse(rows.Text(columns[3]), CultureInfo.InvariantCulture));
            strategies.Add(rows.Text(columns[4]));
            for (int k = 0; k < numbers.Length; k++)
                numbers[k].Add(double.Parse(rows.Text(columns[5 + k]), CultureInfo.InvariantCulture));
        }
        return new CampaignAssignment
        {
            Ids = [.. ids],
            Arm = [.. arm],
            Intended = [.. intended],
            Stratum = [.. stratum],
            Strategy = [.. strategies],
            BuyingProbability = [.. numbers[0]],
            ExpectedPurchases = [.. numbers[1]],
            ExpectedSpend = [.. numbers[2]],
            ExpectedMargin = [.. numbers[3]],
        };
    }
}
