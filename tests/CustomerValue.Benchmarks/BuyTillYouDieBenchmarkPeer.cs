using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CustomerValue.BuyTillYouDie;

namespace CustomerValue.Benchmarks;

/// <summary>The peer of the buy-till-you-die benchmark: the likelihoods vectorised in NumPy, maximised by SciPy's L-BFGS-B.</summary>
internal static class BuyTillYouDieBenchmarkPeer
{
    private const string Script = """
        import sys, time
        import numpy as np
        from scipy.optimize import minimize
        from scipy.special import gammaln, betaln, hyp2f1
        kind, path = sys.argv[1], sys.argv[2]
        x, tx, T = np.loadtxt(path, delimiter=',', unpack=True)

        def bg(th):
            r, al, a, b = np.exp(th)
            base = gammaln(r + x) - gammaln(r) + r * np.log(al) + betaln(a, b + x) - betaln(a, b)
            alive = -(r + x) * np.log(al + T)
            gone = np.where(x > 0, np.log(a) - np.log(np.maximum(b + x - 1, 1e-300)) - (r + x) * np.log(al + tx), -np.inf)
            return -np.sum(base + np.logaddexp(alive, gone))

        def mbg(th):
            r, al, a, b = np.exp(th)
            base = gammaln(r + x) - gammaln(r) + r * np.log(al) + betaln(a, b + x + 1) - betaln(a, b)
            return -np.sum(base + np.logaddexp(-(r + x) * np.log(al + T), np.log(a) - np.log(b + x) - (r + x) * np.log(al + tx)))

        def pareto(th):
            r, al, s, be = np.exp(th)
            hi, lo = max(al, be), min(al, be)
            p = s + 1 if al >= be else r + x
            m = r + s + x
            A = hyp2f1(m, p, m + 1, (hi - lo) / (hi + tx)) / (hi + tx) ** m - hyp2f1(m, p, m + 1, (hi - lo) / (hi + T)) / (hi + T) ** m
            base = gammaln(r + x) - gammaln(r) + r * np.log(al) + s * np.log(be)
            return -np.sum(base + np.logaddexp(-(r + x) * np.log(al + T) - s * np.log(be + T), np.log(s / m) + np.log(A)))

        f = {'bg': bg, 'mbg': mbg, 'pareto': pareto}[kind]
        starts = {'bg': [-1, 1, 0, 1], 'mbg': [-1, 1, 0, 1], 'pareto': [-.5, 2, -.5, 2]}
        begin = time.perf_counter()
        best = minimize(f, starts[kind], method='L-BFGS-B')
        print(time.perf_counter() - begin, -best.fun)
        """;

    /// <summary>Whether the peer could not be run; the console says how to install it.</summary>
    public static bool Missing { get; private set; }

    public static void Write(string path, PurchaseHistories histories)
    {
        using StreamWriter writer = new(path);
        for (int i = 0; i < histories.Count; i++)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{histories.X[i]},{histories.Tx[i]},{histories.T[i]}"));
    }

    /// <summary>Seconds and log-likelihood of the peer's fit; null when the peer is missing.</summary>
    public static (double Seconds, double LogLikelihood)? Fit(string kind, string path)
    {
        if (Missing) return null;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, kind, path]) { RedirectStandardOutput = true })!;
            string[] cells = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            if (process.ExitCode == 0) return (double.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture));
        }
        catch (Win32Exception e)
        {
            Console.Error.WriteLine(e.Message);
        }
        Missing = true;
        Console.Error.WriteLine("The peer did not run: install it with `apt-get install python3-scipy`.");
        return null;
    }
}
