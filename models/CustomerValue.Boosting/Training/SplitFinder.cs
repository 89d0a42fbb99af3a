using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>Finds the best threshold of one numeric feature in one leaf.</summary>
/// <remarks>Chen and Guestrin (2016), eq. 7, without the factor one half: gain = GL^2/(HL+lambda) + GR^2/(HR+lambda) - G^2/(H+lambda),
/// with each G shrunk towards zero by alpha. Missing values are tried on both sides.</remarks>
internal sealed unsafe class SplitFinder
{
    private const int MostBins = 256;

    /// <summary>Gains below this share of the leaf's own score are rounding.</summary>
    private const double Noise = 1e-12;

    private readonly double _alpha, _lambda, _minChildWeight, _minGain;

    public SplitFinder(BoosterOptions options)
    {
        _alpha = options.Alpha;
        _lambda = options.Lambda;
        _minChildWeight = options.MinChildWeight;
        _minGain = options.MinSplitGain;
    }

    /// <summary>Improves <paramref name="best"/> if this feature offers more.</summary>
    /// <param name="cells">The feature's cells: a gradient and a hessian a bin, the bin of missing values behind the last.</param>
    /// <param name="bins">Bins without the one for missing values.</param>
    /// <param name="feature">The feature's number.</param>
    /// <param name="leaf">The leaf's sums.</param>
    /// <param name="pairs">The units of the sums.</param>
    /// <param name="direction">Monotone direction: -1, 0 or 1.</param>
    /// <param name="bounded">Whether any monotone constraint is set in this training.</param>
    /// <param name="best">The best so far.</param>
    [SkipLocalsInit]
    public void Search(long* cells, int bins, int feature, in LeafSums leaf, GradientPairs pairs, int direction, bool bounded, ref SplitCandidate best)
    {
        if (bins < 2)
            return;
        double* left = stackalloc double[2 * MostBins];
        long missingGradient = cells[2 * bins], missingHessian = cells[2 * bins + 1];
        bool anyMissing = missingGradient != 0 || missingHessian != 0;
        for (int side = 0; side <= (anyMissing ? 1 : 0); side++)
        {
            bool missingLeft = side == 1;
            Accumulate(cells, bins, missingLeft ? missingGradient : 0, missingLeft ? missingHessian : 0, left, pairs);
            (double score, int bin) = bounded
                ? BestBounded(left, bins - 1, leaf, pairs, direction)
                : BestFree(left, bins - 1, leaf, pairs);
            if (bin < 0)
                continue;
            double parent = bounded ? BoundedScore(leaf.Gradient * pairs.GradientUnit, leaf.Hessian * pairs.HessianUnit, leaf)
                : Score(leaf.Gradient * pairs.GradientUnit, leaf.Hessian * pairs.HessianUnit, 0);
            double gain = score - parent;
            if (!(gain > Math.Max(_minGain, Noise * Math.Abs(parent))) || gain < best.Gain || (gain == best.Gain && feature >= best.Feature))
                continue;
            best = new SplitCandidate { Gain = gain, Feature = feature, Bin = bin, MissingLeft = missingLeft };
            for (int b = 0; b <= bin; b++)
            {
                best.LeftGradient += cells[2 * b];
                best.LeftHessian += cells[2 * b + 1];
            }
            if (missingLeft)
            {
                best.LeftGradient += missingGradient;
                best.LeftHessian += missingHessian;
            }
            else if (!anyMissing)
                best.MissingLeft = 2 * best.LeftHessian > leaf.Hessian;
        }
    }

    /// <summary>G^2 / (H + lambda + extra) with G shrunk by alpha.</summary>
    public double Score(double gradient, double hessian, double extraLambda)
    {
        double shrunk = Math.Max(Math.Abs(gradient) - _alpha, 0);
        return shrunk * shrunk / (hessian + _lambda + extraLambda);
    }

    /// <summary>The leaf value with the least penalised loss, before the learning rate.</summary>
    public double Value(double gradient, double hessian, double extraLambda = 0)
    {
        double shrunk = Math.Max(Math.Abs(gradient) - _alpha, 0);
        return shrunk == 0 ? 0 : -Math.Sign(gradient) * shrunk / (hessian + _lambda + extraLambda);
    }

    public bool HeavyEnough(double hessian) => hessian >= _minChildWeight && hessian > 0;

    public bool Worth(double gain, double parent) => gain > Math.Max(_minGain, Noise * Math.Abs(parent));

    /// <summary>Sums from the first bin on: gradients at <paramref name="left"/>, hessians <see cref="MostBins"/> further.</summary>
    private static void Accumulate(long* cells, int bins, long gradient, long hessian, double* left, GradientPairs pairs)
    {
        double g = pairs.GradientUnit, h = pairs.HessianUnit;
        for (int bin = 0; bin < bins - 1; bin++)
        {
            gradient += cells[2 * bin];
            hessian += cells[2 * bin + 1];
            left[bin] = gradient * g;
            left[MostBins + bin] = hessian * h;
        }
    }

    private (double Score, int Bin) BestFree(double* left, int splits, in LeafSums leaf, GradientPairs pairs)
    {
        int lanes = Vector256<double>.Count;
        for (int bin = splits; bin < ((splits + lanes - 1) & -lanes); bin++)
            left[bin] = left[MostBins + bin] = 0;   // padding: no hessian on the left, so never heavy enough
        Vector256<double> gradient = Vector256.Create(leaf.Gradient * pairs.GradientUnit), hessian = Vector256.Create(leaf.Hessian * pairs.HessianUnit);
        Vector256<double> a = Vector256.Create(_alpha), l = Vector256.Create(_lambda), least = Vector256.Create(Math.Max(_minChildWeight, double.Epsilon));
        Vector256<double> bestScore = Vector256.Create(double.NegativeInfinity), bestBin = Vector256.Create(-1.0);
        Vector256<double> index = Vector256.Create(0.0, 1, 2, 3), step = Vector256.Create((double)lanes);
        for (int bin = 0; bin < splits; bin += lanes)
        {
            Vector256<double> gl = Vector256.Load(left + bin), hl = Vector256.Load(left + MostBins + bin);
            Vector256<double> gr = gradient - gl, hr = hessian - hl;
            Vector256<double> allowed = Vector256.GreaterThanOrEqual(hl, least) & Vector256.GreaterThanOrEqual(hr, least);
            gl = Vector256.Max(Vector256.Abs(gl) - a, Vector256<double>.Zero);
            gr = Vector256.Max(Vector256.Abs(gr) - a, Vector256<double>.Zero);
            hl += l;
            hr += l;
            Vector256<double> score = (gl * gl * hr + gr * gr * hl) / (hl * hr);
            Vector256<double> better = allowed & Vector256.GreaterThan(score, bestScore);
            bestScore = Vector256.ConditionalSelect(better, score, bestScore);
            bestBin = Vector256.ConditionalSelect(better, index, bestBin);
            index += step;
        }
        double most = double.NegativeInfinity;
        int place = -1;
        for (int lane = 0; lane < lanes; lane++)
            if (bestBin[lane] >= 0 && (bestScore[lane] > most || (bestScore[lane] == most && (int)bestBin[lane] < place)))
                (most, place) = (bestScore[lane], (int)bestBin[lane]);
        return (most, place);
    }

    /// <summary>The same with leaf values held within bounds and in order; one bin at a time, for training with monotone constraints.</summary>
    private (double Score, int Bin) BestBounded(double* left, int splits, in LeafSums leaf, GradientPairs pairs, int direction)
    {
        double gradient = leaf.Gradient * pairs.GradientUnit, hessian = leaf.Hessian * pairs.HessianUnit;
        double most = double.NegativeInfinity;
        int place = -1;
        for (int bin = 0; bin < splits; bin++)
        {
            double gl = left[bin], hl = left[MostBins + bin], gr = gradient - gl, hr = hessian - hl;
            if (!HeavyEnough(hl) || !HeavyEnough(hr))
                continue;
            double order = BoundedValue(gr, hr, leaf) - BoundedValue(gl, hl, leaf);
            if (direction * order < 0)
                continue;
            double score = BoundedScore(gl, hl, leaf) + BoundedScore(gr, hr, leaf);
            if (score > most)
                (most, place) = (score, bin);
        }
        return (most, place);
    }

    public double BoundedValue(double gradient, double hessian, in LeafSums leaf, double extraLambda = 0) =>
        Math.Clamp(Value(gradient, hessian, extraLambda), leaf.Lower, leaf.Upper);

    /// <summary>Twice the fall of the penalised loss at the bounded value.</summary>
    private double BoundedScore(double gradient, double hessian, in LeafSums leaf)
    {
        double value = BoundedValue(gradient, hessian, leaf);
        return -(2 * gradient * value + (hessian + _lambda) * value * value + 2 * _alpha * Math.Abs(value));
    }
}
