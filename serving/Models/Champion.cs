using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Models;

/// <summary>The model that serves: one reference, replaced as a whole.</summary>
internal sealed class Champion
{
    private volatile State _state = new(null, null);

    /// <summary>The model that serves, or null before the first one was loaded.</summary>
    public ServedModel? Current => _state.Served;

    /// <summary>The version that was refused last, or null.</summary>
    public RefusedVersion? Refused => _state.Refused;

    /// <exception cref="ProblemException">No model serves yet.</exception>
    public ServedModel Required => Current ?? throw new ProblemException(ModelProblems.NoChampion(Readiness));

    /// <summary>What serves, and what was refused.</summary>
    public Readiness Readiness
    {
        get
        {
            (ServedModel? served, RefusedVersion? refused) = _state;
            ServingVersion? champion = served is null ? null : new ServingVersion(served.Model.Version, served.Manifest.Model, served.Manifest.Created, served.Since);
            return new Readiness(champion is null ? "unavailable" : "ready", champion, refused);
        }
    }

    public void Serve(ServedModel served) => _state = _state with { Served = served };

    public void Refuse(RefusedVersion refused) => _state = _state with { Refused = refused };

    private sealed record State(ServedModel? Served, RefusedVersion? Refused);
}
