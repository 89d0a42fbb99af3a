namespace CustomerValue.Decisions.Optimisation;

/// <summary>
/// Mixes plans so that the mixture earns most within the limits: max sum of value x share, shares sum to 1, sum of usage x share at most the bound. A small linear program
/// with a column a plan, solved by the revised simplex method with an explicit inverse. Its multipliers are the next prices to try.
/// </summary>
/// <remarks>Dantzig and Wolfe (1960), Decomposition principle for linear programs, Operations Research 8(1). Each limit may be exceeded at a high penalty, which keeps every program feasible and prices bounded.</remarks>
internal sealed class MasterProgram
{
    private const int MostPivots = 600, RefactorEvery = 40;
    private const double Tolerance = 1e-11;

    private readonly int _rows;
    private readonly double[] _bound;
    private readonly List<double[]> _columns = [];
    private readonly List<double> _values = [];
    private readonly int[] _basis;
    private readonly double[,] _inverse;
    private readonly double[] _level;
    private readonly int _firstRelief;

    /// <summary>A program with the empty plan only.</summary>
    /// <param name="bound">Bounds, scaled.</param>
    /// <param name="penalty">What exceeding a limit by one scaled unit costs.</param>
    public MasterProgram(double[] bound, double[] penalty)
    {
        _rows = bound.Length + 1;
        _bound = [1, .. bound];
        Add(0, new double[bound.Length]);
        for (int r = 1; r < _rows; r++)
            AddUnit(r, 1, 0);
        _firstRelief = _columns.Count;
        for (int r = 1; r < _rows; r++)
            AddUnit(r, -1, -penalty[r - 1]);
        _basis = new int[_rows];
        for (int r = 1; r < _rows; r++)
            _basis[r] = _bound[r] >= 0 ? r : _firstRelief + r - 1;
        (_inverse, _level) = (new double[_rows, _rows], new double[_rows]);
        Refactor();
    }

    /// <summary>What the best mixture earns, penalties taken off.</summary>
    public double Value { get; private set; }

    /// <summary>Price of a scaled unit of each limit.</summary>
    public double[] Prices { get; private set; } = [];

    /// <summary>How far the best mixture exceeds each limit, scaled.</summary>
    public double[] Excess()
    {
        double[] excess = new double[_rows - 1];
        for (int r = 0; r < _rows; r++)
            if (_basis[r] >= _firstRelief && _basis[r] < _firstRelief + excess.Length)
                excess[_basis[r] - _firstRelief] += _level[r];
        return excess;
    }

    /// <summary>Adds a plan.</summary>
    public void Add(double value, double[] usage)
    {
        _columns.Add([1, .. usage]);
        _values.Add(value);
    }

    /// <summary>Finds the best mixture of the plans so far.</summary>
    public void Solve()
    {
        double[] direction = new double[_rows], price = new double[_rows];
        for (int pivot = 0; pivot < MostPivots; pivot++)
        {
            if (pivot % RefactorEvery == RefactorEvery - 1)
                Refactor();
            PriceOut(price);
            int entering = Entering(price, first: pivot > MostPivots / 4);
            if (entering < 0)
                break;
            for (int r = 0; r < _rows; r++)
            {
                direction[r] = 0;
                for (int k = 0; k < _rows; k++)
                    direction[r] += _inverse[r, k] * _columns[entering][k];
            }
            int leaving = -1;
            double step = double.PositiveInfinity;
            for (int r = 0; r < _rows; r++)
                if (direction[r] > 1e-9 && (_level[r] / direction[r] < step - Tolerance || (leaving >= 0 && _level[r] / direction[r] <= step + Tolerance && _basis[r] < _basis[leaving])))
                    (leaving, step) = (r, Math.Max(0, _level[r] / direction[r]));
            if (leaving < 0)
                break;
            Pivot(leaving, entering, direction, step);
        }
        Refactor();
        PriceOut(price);
        Prices = price[1..];
        for (int r = 0; r < Prices.Length; r++)
            Prices[r] = Math.Max(0, Prices[r]);
        Value = 0;
        for (int r = 0; r < _rows; r++)
            Value += _values[_basis[r]] * _level[r];
    }

    private void PriceOut(double[] price)
    {
        for (int k = 0; k < _rows; k++)
        {
            price[k] = 0;
            for (int r = 0; r < _rows; r++)
                price[k] += _values[_basis[r]] * _inverse[r, k];
        }
    }

    private int Entering(double[] price, bool first)
    {
        int entering = -1;
        double most = 0;
        for (int c = 0; c < _columns.Count; c++)
        {
            double reduced = _values[c], size = Math.Abs(_values[c]);
            for (int k = 0; k < _rows; k++)
            {
                reduced -= price[k] * _columns[c][k];
                size = Math.Max(size, Math.Abs(price[k] * _columns[c][k]));
            }
            if (reduced <= Math.Max(most, Tolerance * Math.Max(1e-300, size)))
                continue;
            (entering, most) = (c, reduced);
            if (first) // Bland's rule ends what turns in circles
                break;
        }
        return entering;
    }

    private void Pivot(int leaving, int entering, double[] direction, double step)
    {
        for (int r = 0; r < _rows; r++)
        {
            double factor = r == leaving ? 0 : direction[r] / direction[leaving];
            if (factor == 0)
                continue;
            for (int k = 0; k < _rows; k++)
                _inverse[r, k] -= factor * _inverse[leaving, k];
            _level[r] = Math.Max(0, _level[r] - direction[r] * step);
        }
        for (int k = 0; k < _rows; k++)
            _inverse[leaving, k] /= direction[leaving];
        _level[leaving] = step;
        _basis[leaving] = entering;
    }

    /// <summary>Inverts the basis anew, Gauss-Jordan with row pivots, and with it the levels.</summary>
    private void Refactor()
    {
        double[,] work = new double[_rows, 2 * _rows];
        for (int r = 0; r < _rows; r++)
        {
            for (int c = 0; c < _rows; c++)
                work[r, c] = _columns[_basis[c]][r];
            work[r, _rows + r] = 1;
        }
        for (int c = 0; c < _rows; c++)
        {
            int best = c;
            for (int r = c + 1; r < _rows; r++)
                best = Math.Abs(work[r, c]) > Math.Abs(work[best, c]) ? r : best;
            double pivot = work[best, c];
            if (Math.Abs(pivot) < 1e-14)
                return; // keep the updated inverse; the next plan changes the basis
            for (int k = 0; k < 2 * _rows; k++)
                (work[c, k], work[best, k]) = (work[best, k] / pivot, best == c ? work[c, k] / pivot : work[c, k]);
            for (int r = 0; r < _rows; r++)
            {
                double factor = r == c ? 0 : work[r, c];
                for (int k = 0; factor != 0 && k < 2 * _rows; k++)
                    work[r, k] -= factor * work[c, k];
            }
        }
        for (int r = 0; r < _rows; r++)
        {
            _level[r] = 0;
            for (int k = 0; k < _rows; k++)
            {
                _inverse[r, k] = work[r, _rows + k];
                _level[r] += _inverse[r, k] * _bound[k];
            }
            _level[r] = Math.Max(0, _level[r]);
        }
    }

    private void AddUnit(int row, double sign, double value)
    {
        double[] column = new double[_rows];
        column[row] = sign;
        _columns.Add(column);
        _values.Add(value);
    }
}
