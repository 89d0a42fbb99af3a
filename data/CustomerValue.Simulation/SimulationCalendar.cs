using CustomerValue.Data.Windows;

namespace CustomerValue.Simulation;

/// <summary>Day tables shared by all customers: rate weights by segment, prices, first orders.</summary>
internal sealed class SimulationCalendar
{
    private const double PeakOfYear = 0.895;   // 23 November
    private const double PeakWidth = 0.035;    // standard deviation of the peak, about 13 days
    private const double PeakHeight = 1.2;
    private const double WaveHeight = 0.3;

    private readonly double[][] _weights;
    private readonly double[] _acquisition;

    public SimulationCalendar(SimulationOptions options)
    {
        int total = options.Days + options.HorizonDays;
        double mean = MeanShape();
        _weights = new double[options.Segments.Count][];
        for (int segment = 0; segment < _weights.Length; segment++)
        {
            SimulationSegment profile = options.Segments[segment];
            double workday = 7 / (5 + 2 * profile.WeekendFactor);
            double[] weights = new double[total];
            for (int day = 0; day < total; day++)
            {
                DateOnly date = options.Start.AddDays(day);
                double week = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? workday * profile.WeekendFactor : workday;
                weights[day] = week * (1 + profile.SeasonStrength * (Shape(date.DayOfYear) - mean));
            }

            _weights[segment] = weights;
        }

        Prices = Growth(total, options.SpendGrowthPerYear);
        _acquisition = Growth(options.AcquisitionDays ?? options.Days, options.AcquisitionGrowthPerYear);
        for (int day = 1; day < _acquisition.Length; day++)
            _acquisition[day] += _acquisition[day - 1];
    }

    /// <summary>Price level of each day; 1 at the start.</summary>
    public double[] Prices { get; }

    /// <summary>Factor of the purchase rate on each day of log and horizon; 1 on average over a year.</summary>
    public double[] Weights(int segment) => _weights[segment];

    /// <summary>The moment of a first order, in days, for a uniform number.</summary>
    public double AcquiredAt(double uniform)
    {
        double target = uniform * _acquisition[^1];
        int day = Array.BinarySearch(_acquisition, target);
        day = Math.Min(day < 0 ? ~day : day + 1, _acquisition.Length - 1);
        double before = day == 0 ? 0 : _acquisition[day - 1];
        // A moment that rounds up to midnight would be the next day, which may lie outside the log.
        return day + Math.Min((target - before) / (_acquisition[day] - before), 0.999999);
    }

    private static double[] Growth(int days, double perYear)
    {
        double daily = DeterministicMath.Log(1 + perYear) / DaysIn.MeanYear;
        double[] levels = new double[days];
        for (int day = 0; day < days; day++)
            levels[day] = DeterministicMath.Exp(daily * day);
        return levels;
    }

    /// <summary>A gentle wave with a sharp peak in autumn; least -0.3, greatest about 1.5.</summary>
    private static double Shape(int dayOfYear)
    {
        double position = (dayOfYear - 0.5) / DaysIn.MeanYear - PeakOfYear;
        double distance = (position - Math.Floor(position + 0.5)) / PeakWidth;
        return WaveHeight * DeterministicMath.CosineOfTurns(position) + PeakHeight * DeterministicMath.Exp(-0.5 * distance * distance);
    }

    private static double MeanShape()
    {
        double sum = 0;
        for (int day = 1; day <= DaysIn.Year; day++)
            sum += Shape(day);
        return sum / DaysIn.Year;
    }
}
