using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>An ordered list of aggregates, with the names behind coded ones: part of every model, so that serving computes what training computed.</summary>
/// <remarks>Each aggregate is a SQL <c>GROUP BY customer</c> over the customer's days in principle: docs/features.md says how, netting included.</remarks>
public sealed class AggregateCatalogue
{
    private readonly Dictionary<string, int> _positions;
    private readonly Lazy<AggregateLayout> _layout;

    /// <summary>A catalogue of given aggregates.</summary>
    /// <param name="horizon">The horizon for which its windows were chosen, in days.</param>
    /// <param name="definitions">The aggregates in order; names are unique, and those of <see cref="Core"/> are among them.</param>
    /// <param name="channels">Channels told apart, in the order of their codes.</param>
    /// <param name="categories">Categories told apart, in the order of their codes.</param>
    /// <exception cref="ArgumentException">A name stands twice, a combination has no meaning, a level is unknown, a window reaches the future, or a core aggregate is absent.</exception>
    public AggregateCatalogue(Horizon horizon, IReadOnlyList<AggregateDefinition> definitions, IReadOnlyList<string>? channels = null, IReadOnlyList<string>? categories = null)
    {
        _layout = new(() => new AggregateLayout(this));
        Horizon = horizon;
        Definitions = [.. definitions];
        Channels = [.. channels ?? []];
        Categories = [.. categories ?? []];
        _positions = new Dictionary<string, int>(Definitions.Count, StringComparer.Ordinal);
        foreach (AggregateDefinition definition in Definitions)
        {
            Check(definition);
            if (!_positions.TryAdd(definition.Name, _positions.Count))
                throw new ArgumentException($"The aggregate {definition.Name} stands twice in the catalogue.", nameof(definitions));
        }
        foreach (AggregateDefinition core in Core)
            if (!Definitions.Contains(core))
                throw new ArgumentException($"The catalogue lacks {core.Name}, which every catalogue holds.", nameof(definitions));
    }

    /// <summary>The aggregates that every catalogue holds: x, t_x, T and the spends of the probabilistic models derive from them.</summary>
    public static IReadOnlyList<AggregateDefinition> Core { get; } =
    [
        new("purchase_days_all", AggregateKind.Count, AggregateColumn.Day, DayWindow.AllTime),
        new("first_day", AggregateKind.First, AggregateColumn.Day, DayWindow.AllTime),
        new("last_day", AggregateKind.Last, AggregateColumn.Day, DayWindow.AllTime),
        new("spend_sum_all", AggregateKind.Sum, AggregateColumn.Spend, DayWindow.AllTime),
        new("first_spend", AggregateKind.First, AggregateColumn.Spend, DayWindow.AllTime),
        new("repeat_spend_sum", AggregateKind.Sum, AggregateColumn.RepeatSpend, DayWindow.AllTime),
    ];

    /// <summary>The horizon for which the windows were chosen, in days.</summary>
    public Horizon Horizon { get; }

    /// <summary>The aggregates in order.</summary>
    public IReadOnlyList<AggregateDefinition> Definitions { get; }

    /// <summary>Channels told apart; the position is the code.</summary>
    public IReadOnlyList<string> Channels { get; }

    /// <summary>Categories told apart; the position is the code.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Number of aggregates.</summary>
    public int Count => Definitions.Count;

    /// <summary>Position of an aggregate by name, or -1.</summary>
    public int Find(string name) => _positions.GetValueOrDefault(name, -1);

    /// <summary>SHA-256 of the catalogue's canonical text, in hex: two catalogues with one hash compute the same numbers.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>The catalogue as data, for the model's folder.</summary>
    public string ToJson() => AggregateCatalogueJson.Write(this);

    /// <summary>The catalogue from its data.</summary>
    /// <exception cref="Diagnostics.BadDataException">The text is not a catalogue.</exception>
    public static AggregateCatalogue FromJson(string json) => AggregateCatalogueJson.Read(json);

    /// <summary>The house's aggregates for what a log has.</summary>
    /// <param name="log">The log whose columns are used.</param>
    /// <param name="horizon">Length of the future in days.</param>
    /// <param name="before">Only rows before this day choose channels and categories; all where null.</param>
    public static AggregateCatalogue Standard(TransactionLog log, Horizon horizon, DateOnly? before = null) =>
        StandardAggregates.For(AvailableColumns.Of(log, before), horizon);

    /// <summary>The house's aggregates for given columns.</summary>
    /// <param name="columns">The columns that exist.</param>
    /// <param name="horizon">Length of the future in days.</param>
    public static AggregateCatalogue Standard(AvailableColumns columns, Horizon horizon) => StandardAggregates.For(columns, horizon);

    internal AggregateLayout Layout => _layout.Value;

    /// <summary>Position of a definition's level, or 0 where it takes none; -1 where the level is unknown.</summary>
    internal int LevelOf(AggregateDefinition definition) => (definition.Kind, definition.Column) switch
    {
        (AggregateKind.Count, AggregateColumn.Channel) => IndexOf(Channels, definition.Level),
        (AggregateKind.Count, AggregateColumn.Weekday) =>
            int.TryParse(definition.Level, NumberStyles.None, CultureInfo.InvariantCulture, out int weekday) && weekday is >= 1 and <= 7 ? weekday - 1 : -1,
        _ => definition.Level is null ? 0 : -1,
    };

    private static int IndexOf(IReadOnlyList<string> names, string? name)
    {
        for (int i = 0; i < names.Count; i++)
            if (names[i] == name)
                return i;
        return -1;
    }

    private void Check(AggregateDefinition definition)
    {
        if (!AggregateSlots.TryFind(definition.Kind, definition.Column, out _, out _))
            throw new ArgumentException($"The aggregate {definition.Name} asks for {definition.Kind} of {definition.Column}, which has no meaning.");
        if (!definition.Window.IsValid)
            throw new ArgumentException($"The aggregate {definition.Name} looks at {definition.Window}, which is empty or reaches the future.");
        if (LevelOf(definition) < 0)
            throw new ArgumentException($"The aggregate {definition.Name} has the level '{definition.Level}', which is not among the levels of {definition.Column}.");
    }
}
