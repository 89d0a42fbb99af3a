using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy;

/// <summary>Values, quadrant, stage and strategy of every customer in columns, in the order of the ids.</summary>
public sealed class CustomerStrategies
{
    internal CustomerStrategies(StrategyInput input, StrategyRecipe recipe, int[]? previousRow)
    {
        int count = input.Count;
        Input = input;
        Recipe = recipe;
        PreviousRow = previousRow;
        (Realised, Current, Potential, Influence, Total, Headroom) = (new double[count], new double[count], new double[count], new double[count], new double[count], new double[count]);
        (PotentialP10, PotentialP90) = input.FutureSpendP10.Length > 0 ? (new double[count], new double[count]) : ([], []);
        (RetainProbability, DevelopProbability, MaintainProbability, CultivateProbability) = (new double[count], new double[count], new double[count], new double[count]);
        (Peers, Lateness, Held) = (new int[count], new double[count], new bool[count]);
        (Quadrant, Stage, Recommendation) = (new Quadrant[count], new LifecycleStage[count], new Recommendation[count]);
        bool indices = recipe.Options.Axes == ValueAxes.Indices;
        (CurrentAxis, PotentialAxis) = indices ? (input.CurrentIndex!, input.PotentialIndex!) : (Current, Potential);
    }

    /// <summary>First day of the future.</summary>
    public DateOnly AsOf => Input.AsOf;

    /// <summary>What was learnt on the whole base.</summary>
    public StrategyRecipe Recipe { get; }

    /// <summary>Customer ids in ascending ordinal order.</summary>
    public string[] Ids => Input.Ids;

    /// <summary>Number of customers.</summary>
    public int Count => Input.Count;

    /// <summary>Margin so far less cost to serve and acquisition cost; money.</summary>
    public double[] Realised { get; }

    /// <summary>Net margin a year at the present run rate; money a year.</summary>
    public double[] Current { get; }

    /// <summary>Discounted expected net margin over the value horizon; money.</summary>
    public double[] Potential { get; }

    /// <summary>Lower end of the 80 % interval of <see cref="Potential"/>, or empty.</summary>
    public double[] PotentialP10 { get; }

    /// <summary>Upper end of that interval, or empty.</summary>
    public double[] PotentialP90 { get; }

    /// <summary>Value credited for customers referred; money that moves between customers.</summary>
    public double[] Influence { get; }

    /// <summary>Realised + potential + influence: what was and will be. Current value is the pace of the realised one, so it is shown beside and not added again.</summary>
    public double[] Total { get; }

    /// <summary>What the top quarter of look-alikes bring beyond <see cref="Potential"/>, averaged over them; those who bring less count as 0; money.</summary>
    public double[] Headroom { get; }

    /// <summary>Look-alikes in the customer's group.</summary>
    public int[] Peers { get; }

    /// <summary>Quadrant, held over from the earlier day where a value did not clearly move past its line.</summary>
    public Quadrant[] Quadrant { get; }

    /// <summary>Whether hysteresis held the earlier quadrant.</summary>
    public bool[] Held { get; }

    /// <summary>Probability that the customer belongs to <see cref="Quadrants.Quadrant.Retain"/>.</summary>
    public double[] RetainProbability { get; }

    /// <summary>Probability that the customer belongs to <see cref="Quadrants.Quadrant.Develop"/>.</summary>
    public double[] DevelopProbability { get; }

    /// <summary>Probability that the customer belongs to <see cref="Quadrants.Quadrant.Maintain"/>.</summary>
    public double[] MaintainProbability { get; }

    /// <summary>Probability that the customer belongs to <see cref="Quadrants.Quadrant.Cultivate"/>.</summary>
    public double[] CultivateProbability { get; }

    /// <summary>Lifecycle stage by the customer's own rhythm.</summary>
    public LifecycleStage[] Stage { get; }

    /// <summary>Days since the last purchase over the customer's usual gap plus its deviation.</summary>
    public double[] Lateness { get; }

    /// <summary>What to do.</summary>
    public Recommendation[] Recommendation { get; }

    /// <summary>Probability of no purchase within the model's horizon.</summary>
    public double[] ChurnProbability => Input.ChurnProbability;

    /// <summary>Discounted expected spend over the value horizon, which <see cref="Potential"/> is the net margin of.</summary>
    public double[] FutureSpend => Input.FutureSpend;

    /// <summary>The probabilities of a quadrant, by customer.</summary>
    public double[] Probability(Quadrant quadrant) => quadrant switch
    {
        Quadrants.Quadrant.Retain => RetainProbability,
        Quadrants.Quadrant.Develop => DevelopProbability,
        Quadrants.Quadrant.Maintain => MaintainProbability,
        _ => CultivateProbability,
    };

    internal StrategyInput Input { get; }

    internal int[]? PreviousRow { get; }

    internal double[] CurrentAxis { get; }

    internal double[] PotentialAxis { get; }
}
