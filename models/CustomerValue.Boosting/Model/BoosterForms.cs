namespace CustomerValue.Boosting;

/// <summary>A model in the forms that other engines take it in.</summary>
public static class BoosterForms
{
    extension(Booster)
    {
        /// <summary>One model whose raw score is the mean of several models' raw scores, with all their trees.</summary>
        /// <remarks>Leaves are divided by the number of models, exactly where that is a power of two.</remarks>
        /// <param name="models">At least one; of one objective, with the same features and levels.</param>
        /// <exception cref="ArgumentException">There is none, or they differ in objective, features or whether rows bring base margins.</exception>
        public static Booster Mean(IReadOnlyList<Booster> models)
        {
            ArgumentNullException.ThrowIfNull(models);
            if (models.Count == 0)
                throw new ArgumentException("Found no model, expected at least one.", nameof(models));
            Booster first = models[0];
            if (models.Count == 1)
                return first;
            if (models.FirstOrDefault(model => !IsLike(model, first)) is { } other)
                throw new ArgumentException($"Found a model of {other.Objective.Name} on {other.Features.Count} features beside one of {first.Objective.Name} on {first.Features.Count}; expected one objective and the same features.", nameof(models));
            double[] start = new double[first.Start.Length];
            for (int output = 0; output < start.Length; output++)
                start[output] = models.Sum(model => model.Start[output]) / models.Count;
            // Sets of levels keep their meaning: features, bins of levels among them, are alike.
            Tree[] trees = [.. models.SelectMany(model => model.Trees.Select(tree => new Tree(Array.ConvertAll(tree.Nodes, node => node with { Value = node.Value / models.Count }), tree.Sets)))];
            return new Booster(first.Objective, [.. first.Features], start, first.ExpectsBaseMargins, trees);
        }
    }

    /// <summary>The model with raw scores that are higher by as much for every row, with base margins or without.</summary>
    /// <param name="model">With one output and at least one tree.</param>
    /// <param name="by">What is added; finite.</param>
    /// <exception cref="ArgumentException">The model has several outputs or no tree, or the number is not finite.</exception>
    public static Booster Raised(this Booster model, double by)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Objective.Outputs != 1 || model.Trees.Count == 0)
            throw new ArgumentException($"Found a model with {model.Objective.Outputs} outputs and {model.Trees.Count} trees, expected one output and at least one tree.", nameof(model));
        if (!double.IsFinite(by))
            throw new ArgumentException(FormattableString.Invariant($"Found {by}, expected a finite number."), nameof(by));
        // In a tree, since the start does not count for rows that bring their own.
        Tree first = new(Array.ConvertAll(model.Trees[0].Nodes, node => node.IsLeaf ? node with { Value = (float)(node.Value + by) } : node), model.Trees[0].Sets);
        return new Booster(model.Objective, [.. model.Features], model.Start.ToArray(), model.ExpectsBaseMargins, [first, .. model.Trees.Skip(1)]);
    }

    /// <summary>The trees, node by node.</summary>
    public static IReadOnlyList<TreeOutline> Outlines(this Booster model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. model.Trees.Select(tree => TreeOutline.Of(tree, model.Features))];
    }

    private static bool IsLike(Booster model, Booster other) => model.Objective.Name == other.Objective.Name && model.ExpectsBaseMargins == other.ExpectsBaseMargins
        && model.Features.Count == other.Features.Count
        && model.Features.Zip(other.Features).All(pair => pair.First.Name == pair.Second.Name && pair.First.Levels.SequenceEqual(pair.Second.Levels, StringComparer.Ordinal) && pair.First.LevelBins.AsSpan().SequenceEqual(pair.Second.LevelBins));
}
