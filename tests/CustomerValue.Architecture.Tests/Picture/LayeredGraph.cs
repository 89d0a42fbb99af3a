namespace CustomerValue.Architecture.Tests.Picture;

/// <summary>A graph without circles set out in layers: whoever refers stands above what it refers to, and a long line has a place of its own in every layer it passes.</summary>
internal sealed class LayeredGraph
{
    private const int Rounds = 12;
    private readonly Dictionary<string, List<string>> _below = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _layers = new(StringComparer.Ordinal);

    /// <param name="references">Each node with those it refers to.</param>
    public LayeredGraph(IReadOnlyDictionary<string, IReadOnlyList<string>> references)
    {
        References = references;
        foreach (string node in references.Keys.Order(StringComparer.Ordinal))
            Depth(node);
        foreach (string node in references.Keys.Order(StringComparer.Ordinal))
        {
            _below.TryAdd(node, []);
            foreach (string target in Direct(node))
                Paths[(node, target)] = Connect(node, target);
        }
        Layers = [.. Enumerable.Range(0, _layers.Values.Max() + 1).Select(layer => _layers.Where(pair => pair.Value == layer).Select(pair => pair.Key).Order(StringComparer.Ordinal).ToArray())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int layer = 1; layer < Layers.Length; layer++)
                Sort(layer, layer - 1, node => _below[node]);
            for (int layer = Layers.Length - 2; layer >= 0; layer--)
                Sort(layer, layer + 1, node => _below.Where(pair => pair.Value.Contains(node)).Select(pair => pair.Key));
        }
    }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> References { get; }

    /// <summary>Nodes and passing lines from left to right, the lowest layer first.</summary>
    public string[][] Layers { get; }

    /// <summary>The places that each line passes, from top to bottom.</summary>
    public SortedDictionary<(string From, string To), string[]> Paths { get; } = [];

    /// <summary>Where a node is in its layer, the middle being 0.</summary>
    public (int Layer, double Offset) PlaceOf(string node) => (_layers[node], Array.IndexOf(Layers[_layers[node]], node) - (Layers[_layers[node]].Length - 1) / 2.0);

    private int Depth(string node) => _layers.TryGetValue(node, out int known) ? known : _layers[node] = References[node].Select(target => Depth(target) + 1).DefaultIfEmpty(0).Max();

    /// <summary>References that do not follow from others.</summary>
    private IEnumerable<string> Direct(string node) => References[node].Where(target => !References[node].Any(other => other != target && Reaches(other, target)));

    private bool Reaches(string from, string to) => References[from].Any(next => next == to || Reaches(next, to));

    private string[] Connect(string from, string to)
    {
        List<string> path = [from];
        for (int layer = _layers[from] - 1; layer > _layers[to]; layer--)
        {
            string passing = $"{from}>{to}@{layer}";
            _layers[passing] = layer;
            _below.TryAdd(passing, []);
            path.Add(passing);
        }
        path.Add(to);
        foreach ((string upper, string lower) in path.Zip(path.Skip(1)))
            _below[upper].Add(lower);
        return [.. path];
    }

    private void Sort(int layer, int beside, Func<string, IEnumerable<string>> neighbours)
    {
        Dictionary<string, double> centres = Layers[layer].ToDictionary(node => node, node => neighbours(node).Where(Layers[beside].Contains).Select(other => PlaceOf(other).Offset).DefaultIfEmpty(PlaceOf(node).Offset).Average(), StringComparer.Ordinal);
        Layers[layer] = [.. Layers[layer].OrderBy(node => centres[node]).ThenBy(node => node, StringComparer.Ordinal)];
    }
}
