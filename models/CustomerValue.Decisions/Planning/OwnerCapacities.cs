using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Decisions.Planning;

/// <summary>How many contacts a working day an owner can make through a channel.</summary>
public sealed class OwnerCapacities
{
    private readonly Dictionary<(string Owner, string Channel), double> _daily;

    /// <summary>Capacities by owner and channel; an empty owner stands for all who are not named with the channel.</summary>
    public OwnerCapacities(IReadOnlyDictionary<(string Owner, string Channel), double> daily) => _daily = new(daily);

    /// <summary>No limits.</summary>
    public static OwnerCapacities None { get; } = new(new Dictionary<(string, string), double>());

    /// <summary>Contacts a working day; infinity for no limit.</summary>
    public double Of(string owner, string channel) =>
        _daily.TryGetValue((owner, channel), out double own) || _daily.TryGetValue(("", channel), out own) ? own : double.PositiveInfinity;

    /// <summary>The capacities as limits of a decision; those that cannot bind, since the owner has no more customers than contacts, are left out.</summary>
    /// <param name="owners">Owner of each customer.</param>
    /// <param name="channels">Channels of the playbook.</param>
    /// <param name="workingDays">Days that capacities are counted over.</param>
    public IReadOnlyList<OwnerHands> Hands(string[] owners, IReadOnlyList<Channel> channels, int workingDays)
    {
        List<OwnerHands> hands = [];
        foreach (IGrouping<string, int> mine in Enumerable.Range(0, owners.Length).GroupBy(i => owners[i], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            foreach (Channel channel in channels)
                if (Of(mine.Key, channel.Id) is var daily && mine.Count() > Math.Floor(daily * workingDays))
                {
                    bool[] members = new bool[owners.Length];
                    foreach (int i in mine)
                        members[i] = true;
                    hands.Add(new OwnerHands(mine.Key, channel.Id, members, daily));
                }
        return hands;
    }

    /// <summary>Reads a file: <c>owner</c> (empty for everybody else), <c>channel</c>, <c>daily</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">Channels of the playbook.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">A column is absent, a channel unknown, or a capacity is not above 0.</exception>
    public static OwnerCapacities Read(string path, IReadOnlyList<Channel> channels)
    {
        string[] known = [.. channels.Select(channel => channel.Id)];
        Dictionary<(string, string), double> daily = [];
        using InputRows rows = new(path);
        int owner = rows.Require("owner"), channel = rows.Require("channel"), many = rows.Require("daily", "daily_capacity", "capacity");
        while (rows.Next())
        {
            if (!known.Contains(rows.Name(channel), StringComparer.Ordinal))
                throw rows.Bad(channel, "a channel of the playbook", NearestName.Hint(rows.Text(channel), known, "channels"));
            double value = rows.RequiredAmount(many, "contacts a working day");
            if (!daily.TryAdd((rows.Text(owner), rows.Text(channel)), value > 0 ? value : throw rows.Bad(many, "more than 0 contacts a working day", "give the customers to somebody else, or leave the line out for no limit")))
                throw rows.Bad(channel, "each owner and channel once", "remove one of the lines");
        }
        return new OwnerCapacities(daily);
    }
}
