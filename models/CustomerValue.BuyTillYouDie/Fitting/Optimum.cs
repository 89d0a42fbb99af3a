namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>Where an optimiser came to rest.</summary>
internal sealed record Optimum(double[] Theta, double Value, double[] InverseHessian, int Iterations, bool Converged);
