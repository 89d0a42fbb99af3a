using CustomerValue.Decisions.Optimisation;
using Google.OrTools.LinearSolver;

namespace CustomerValue.Decisions.Tests.Optimisation;

public class PlanOptimiserTests(ITestOutputHelper output)
{
    private const int LeastEqual = 46;

    [Fact]
    public void Two_thousand_small_problems_are_solved_as_by_trying_every_plan()
    {
        int without = 0;
        Parallel.For(0, 2_000, seed =>
        {
            Random random = new(seed);
            PlanProblem problem = RandomProblems.Any(random, random.Next(1, 6), random.Next(1, 4));
            double? best = Checks.BruteForce(problem);

            PlanSolution solution = PlanOptimiser.Solve(problem);

            if (solution.Feasible != best is not null)
                Assert.Fail($"seed {seed}: feasible {solution.Feasible}, by trying every plan {best}");
            if (best is null)
            {
                Interlocked.Increment(ref without);
                if (solution.Relaxations.Count == 0)
                    Assert.Fail($"seed {seed}: no plan and no limit named");
                return;
            }
            if (Math.Abs(solution.Gain - best.Value) > 1e-9 * Math.Max(1, Math.Abs(best.Value)) || !Checks.Keeps(problem, solution.Sets) || !solution.Sets.Select((set, i) => Checks.Allowed(problem, i, set)).All(allowed => allowed))
                Assert.Fail($"seed {seed}: {solution.Gain} found, {best} is best; bound {solution.Bound}; keeps {Checks.Keeps(problem, solution.Sets)}");
            if (solution.Bound < best - 1e-7 || solution.Gap > 1e-9)
                Assert.Fail($"seed {seed}: bound {solution.Bound}, best {best}, gap {solution.Gap}");
        });
        output.WriteLine($"{without} of 2,000 have no plan");
        without.Should().BeInRange(20, 600, "the law is about both");
    }

    [Fact]
    public void Fifty_problems_of_500_customers_are_solved_nearly_as_by_an_exact_solver()
    {
        int equal = 0;
        double worst = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            PlanProblem problem = RandomProblems.Large(new Random(1000 + seed), 500, 6, 2, segments: false);
            double exact = Exact(problem);

            PlanSolution solution = PlanOptimiser.Solve(problem);

            Checks.Keeps(problem, solution.Sets).Should().BeTrue();
            solution.Bound.Should().BeGreaterThanOrEqualTo(exact - 1e-6, "no plan earns more than the bound");
            double missed = (exact - solution.Gain) / exact;
            missed.Should().BeLessThanOrEqualTo(solution.Gap + 1e-6, "seed {0}: the stated gap is never smaller than the true one", seed);
            worst = Math.Max(worst, missed);
            equal += missed < 1e-6 ? 1 : 0;
        }
        output.WriteLine($"{equal} of 50 equal; the worst misses {worst:P3}");
        equal.Should().BeGreaterThanOrEqualTo(LeastEqual);
        worst.Should().BeLessThan(0.005);
    }

    [Fact]
    public void Large_problems_have_a_small_gap_and_never_a_smaller_one_than_the_true()
    {
        List<double> gaps = [];
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(5000 + seed);
            PlanProblem problem = RandomProblems.Large(random, random.Next(2_000, 12_000), random.Next(3, 12), random.Next(1, 6), segments: seed % 2 == 0);

            PlanSolution quick = PlanOptimiser.Solve(problem, new OptimiserOptions { Effort = 0 });
            PlanSolution solution = PlanOptimiser.Solve(problem, new OptimiserOptions { Effort = 20_000_000 });

            solution.Feasible.Should().BeTrue("seed {0}: {1}", seed, string.Join("; ", solution.Relaxations));
            Checks.Keeps(problem, solution.Sets).Should().BeTrue("seed {0}", seed);
            solution.Gain.Should().BeApproximately(Checks.Gain(problem, solution.Sets), 1e-6);
            solution.Gain.Should().BeGreaterThanOrEqualTo(quick.Gain - 1e-6).And.BeLessThanOrEqualTo(quick.Bound + 1e-6, "a plan found by more search shows what the first can have missed");
            gaps.Add(quick.Gap);
        }
        gaps.Sort();
        output.WriteLine($"gap without search: median {gaps[20]:P5}, largest {gaps[^1]:P5}");
        gaps[20].Should().BeLessThan(0.0005);
        gaps[^1].Should().BeLessThan(0.005);
    }

    [Fact]
    public void Threads_do_not_change_the_plan()
    {
        PlanProblem problem = RandomProblems.Large(new Random(3), 20_000, 8, 3, segments: true);

        PlanSolution one = PlanOptimiser.Solve(problem, new OptimiserOptions { Threads = 1 }), four = PlanOptimiser.Solve(problem, new OptimiserOptions { Threads = 4 });

        four.Sets.Should().Equal(one.Sets);
        four.Bound.Should().Be(one.Bound);
        four.Prices.Should().Equal(one.Prices);
    }

    [Fact]
    public void A_price_is_what_the_next_unit_earns()
    {
        PlanProblem problem = RandomProblems.Large(new Random(4), 5_000, 6, 1, segments: false);
        problem = Problems.With(problem, 1, problem.Limits[1] with { Most = 5_000 });
        PlanSolution solution = PlanOptimiser.Solve(problem);
        double budget = problem.Limits[0].Most!.Value, step = budget / 50;

        PlanSolution more = PlanOptimiser.Solve(Problems.With(problem, 0, problem.Limits[0] with { Most = budget + step }));
        PlanSolution less = PlanOptimiser.Solve(Problems.With(problem, 0, problem.Limits[0] with { Most = budget - step }));

        solution.Limits[0].CeilingPrice.Should().BePositive();
        // Earnings are concave in the budget, so the price lies between the slopes on both sides, each off by at most both gaps.
        double slack = (solution.Bound - solution.Gain + more.Bound - more.Gain + less.Bound - less.Gain) / step;
        solution.Limits[0].CeilingPrice.Should().BeInRange((more.Gain - solution.Gain) / step - slack, (solution.Gain - less.Gain) / step + slack);
    }

    [Fact]
    public void Limits_that_cannot_hold_are_named_with_the_smallest_change_that_would_do()
    {
        // Ten customers, one action of cost 2; the floor asks for 8 of the six members, the budget pays for 4.
        PlanProblem problem = new()
        {
            Customers = 10,
            Actions = 1,
            Gain = [.. Enumerable.Repeat(5.0, 10)],
            Cost = [.. Enumerable.Repeat(2.0, 10)],
            Limits = [Limit.Budget(8), new Limit("Retain", LimitMeasure.Units) { Members = [.. Enumerable.Range(0, 10).Select(i => i < 6)], Least = 5 }],
        };

        PlanSolution either = PlanOptimiser.Solve(problem);
        PlanSolution both = PlanOptimiser.Solve(Problems.With(problem, 1, problem.Limits[1] with { Least = 8 }));

        either.Feasible.Should().BeFalse();
        either.Relaxations.Should().BeEquivalentTo([new { Side = "ceiling", Now = 8.0, Needed = 10.0, Alone = true }, new { Side = "floor", Now = 5.0, Needed = 4.0, Alone = true }]);
        both.Relaxations.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Side = "floor", Now = 8.0, Needed = 4.0, Alone = true }, "no budget lets six members be eight");
    }

    [Fact]
    public void Without_limits_every_customer_gets_the_best_for_them_alone()
    {
        PlanProblem problem = new() { Customers = 3, Actions = 2, Gain = [1, 2, -1, double.NaN, 3, 3], Cost = [1, 1, 1, 1, 1, 1] };

        PlanSolution solution = PlanOptimiser.Solve(problem);

        solution.Sets.Should().Equal(0b10UL, 0UL, 0b01UL);
        solution.Gain.Should().Be(5);
        solution.Gap.Should().Be(0);
    }

    [Fact]
    public void Everything_wrong_with_a_problem_is_said_at_once()
    {
        PlanProblem problem = new() { Customers = 1, Actions = 1, Gain = [1], Cost = [-1], MostActions = 0, Limits = [new Limit("calls", LimitMeasure.Units) { Most = -1 }] };

        FluentActions.Invoking(() => PlanOptimiser.Solve(problem)).Should().Throw<ArgumentException>().WithMessage("*Found 0 actions a customer*cost -1*Limit 'calls'*");
    }

    private static double Exact(PlanProblem problem)
    {
        using Solver solver = Solver.CreateSolver("SCIP");
        Objective objective = solver.Objective();
        objective.SetMaximization();
        Variable[] take = new Variable[problem.Gain.Length];
        for (int i = 0; i < problem.Customers; i++)
        {
            Constraint once = solver.MakeConstraint(0, 1);
            for (int a = 0; a < problem.Actions; a++)
            {
                int o = i * problem.Actions + a;
                if (double.IsNaN(problem.Gain[o]))
                    continue;
                take[o] = solver.MakeBoolVar("");
                once.SetCoefficient(take[o], 1);
                objective.SetCoefficient(take[o], problem.Gain[o]);
            }
        }
        foreach (Limit limit in problem.Limits)
        {
            Constraint most = solver.MakeConstraint(double.NegativeInfinity, limit.Most!.Value);
            for (int o = 0; o < take.Length; o++)
                if (take[o] is not null)
                    most.SetCoefficient(take[o], (limit.UnitsByAction?[o % problem.Actions] ?? 1) * (limit.Measure == LimitMeasure.Money ? problem.Cost[o] : 1));
        }
        MPSolverParameters parameters = new();
        parameters.SetDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 1e-9);
        solver.SetTimeLimit(60_000);
        solver.Solve(parameters).Should().Be(Solver.ResultStatus.OPTIMAL);
        return objective.Value();
    }
}
