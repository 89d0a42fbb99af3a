namespace CustomerValue.Strategy.Scorecard;

/// <summary>Where the weights of a group's items come from.</summary>
internal enum Weighting
{
    /// <summary>They are given and sum to 1.</summary>
    Direct,

    /// <summary>From judgements of pairs.</summary>
    Ahp,

    /// <summary>From how much the indicators tell customers apart.</summary>
    Entropy,
}

/// <summary>An indicator or a group of a scorecard, as its file says.</summary>
internal sealed class ScorecardItem
{
    /// <summary>Line of the file where it begins.</summary>
    public int Line { get; init; }

    /// <summary>Name of the indicator or the group.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether it has items.</summary>
    public bool IsGroup { get; set; }

    /// <summary>Weight among its siblings, where given; once checked, always for direct weights and judgements.</summary>
    public double? Weight { get; set; }

    /// <summary>Of a group: where the weights of its items come from.</summary>
    public Weighting Weighting { get; set; }

    /// <summary>Of a group: judgements of its items.</summary>
    public List<List<double>>? Judgements { get; set; }

    /// <summary>Of a group: its items.</summary>
    public List<ScorecardItem> Items { get; } = [];

    /// <summary>Of an indicator: how its values become scores.</summary>
    public NormalisationMethod Method { get; set; }

    /// <summary>Of an indicator with min-max: share cut off on each side.</summary>
    public double? Winsor { get; set; }

    /// <summary>Of an indicator with target: the value that scores 1.</summary>
    public double? Target { get; set; }

    /// <summary>Of an indicator with target: the value that scores 0.</summary>
    public double? Worst { get; set; }

    /// <summary>Of an indicator: which way is better, where the file says it.</summary>
    public bool? LowIsBetter { get; set; }

    /// <summary>All indicators below.</summary>
    public IEnumerable<ScorecardItem> Leaves => IsGroup ? Items.SelectMany(item => item.Leaves) : [this];
}
