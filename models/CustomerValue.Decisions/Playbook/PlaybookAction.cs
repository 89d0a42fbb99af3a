using CustomerValue.Data.Expressions;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Playbook;

/// <summary>A name in both languages.</summary>
/// <param name="English">In English.</param>
/// <param name="Chinese">In Chinese.</param>
public sealed record TwoNames(string English, string Chinese)
{
    /// <summary>The name in a language.</summary>
    public string In(Language language) => language == Language.Chinese ? Chinese : English;
}

/// <summary>A way to reach customers.</summary>
/// <param name="Id">Its name in files.</param>
/// <param name="Name">Its name in words.</param>
/// <param name="Cost">What one contact costs, money.</param>
/// <param name="DailyCapacity">Contacts a working day; null for no limit.</param>
/// <param name="Consent">A condition that says who may be reached so; null for everybody.</param>
public sealed record Channel(string Id, TwoNames Name, double Cost, double? DailyCapacity, Expression? Consent);

/// <summary>Something that can be done with a customer.</summary>
public sealed record PlaybookAction
{
    /// <summary>Its name in files, for example <c>win-back-voucher</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in words.</summary>
    public required TwoNames Name { get; init; }

    /// <summary>Strategies it serves, as in answers: <c>retain</c>, <c>win-back</c>, ...</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>Through which channel.</summary>
    public required Channel Channel { get; init; }

    /// <summary>Service level in words.</summary>
    public required TwoNames ServiceLevel { get; init; }

    /// <summary>What it costs once, however many get it; money.</summary>
    public required double FixedCost { get; init; }

    /// <summary>What it costs a customer beside the channel; money.</summary>
    public required double UnitCost { get; init; }

    /// <summary>What it changes; at least one effect.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>Days its effect lasts.</summary>
    public required int LastsDays { get; init; }

    /// <summary>Who may get it; null for everybody of its strategies.</summary>
    public Expression? Eligibility { get; init; }

    /// <summary>Who never gets it, whatever else holds; null for nobody.</summary>
    public Expression? Never { get; init; }

    /// <summary>Days between two contacts of the same kind; null where it is done once.</summary>
    public int? CadenceDays { get; init; }

    /// <summary>Days after it in which the customer is left alone.</summary>
    public required int CooldownDays { get; init; }

    /// <summary>How many a working day; null for no limit but the channel's.</summary>
    public double? DailyCapacity { get; init; }

    /// <summary>Cost of one customer: the action and its channel.</summary>
    public double CostPerCustomer => UnitCost + Channel.Cost;

    /// <summary>The effect of a kind, or null.</summary>
    public Effect? EffectOn(EffectKind kind) => Effects.FirstOrDefault(effect => effect.Kind == kind);
}

/// <summary>What can be done with customers, through which channels.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Actions">The actions, at most 64.</param>
/// <param name="Hash">SHA-256 of the file, hexadecimal.</param>
public sealed record ActionPlaybook(IReadOnlyList<Channel> Channels, IReadOnlyList<PlaybookAction> Actions, string Hash)
{
    /// <summary>The file as it was read, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }
}
