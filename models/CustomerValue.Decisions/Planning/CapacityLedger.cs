using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Planning;

/// <summary>Counts what of each working day's hands is taken: owner by channel, channel, action.</summary>
/// <remarks>A capacity that is no whole number of contacts a day gives the days of k what floor((k + 1) c) - floor(k c) says, so that the plan's days hold floor(days x c).</remarks>
internal sealed class CapacityLedger(OwnerCapacities capacities, int workingDays)
{
    private readonly Dictionary<(string, string, string), int[]> _taken = [];

    /// <summary>Takes the first day from an index on with room on all counts; null where there is none.</summary>
    public int? Take(int from, string owner, Channel channel, PlaybookAction? action)
    {
        (double Daily, int[] Taken)[] limits =
        [
            (capacities.Of(owner, channel.Id), Days(owner, channel.Id, "")),
            (channel.DailyCapacity ?? double.PositiveInfinity, Days("", channel.Id, "")),
            (action?.DailyCapacity ?? double.PositiveInfinity, Days("", "", action?.Id ?? "")),
        ];
        for (int day = from; day < workingDays; day++)
        {
            bool room = true;
            foreach ((double daily, int[] taken) in limits)
                room &= taken[day] < Room(daily, day);
            if (!room)
                continue;
            foreach ((_, int[] taken) in limits)
                taken[day]++;
            return day;
        }
        return null;
    }

    private static double Room(double daily, int day) => double.IsFinite(daily) ? Math.Floor((day + 1) * daily) - Math.Floor(day * daily) : daily;

    private int[] Days(string owner, string channel, string action)
    {
        if (!_taken.TryGetValue((owner, channel, action), out int[]? days))
            _taken[(owner, channel, action)] = days = new int[workingDays];
        return days;
    }
}
