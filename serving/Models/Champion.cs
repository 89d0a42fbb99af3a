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
            State state = _state;
            (ServedModel? served, RefusedVersion? refused) = (state.Served, state.Refused);
            ServingVersion? champion = served is null ? null : new ServingVersion(served.Model.Version, served.Manifest.Model, served.Manifest.Created, served.Since);
            return new Readiness(champion is null ? "unavailable" : "ready", champion, refused) { LastFailure = served?.Record.LastFailure };
        }
    }

    /// <summary>Lets a version serve.</summary>
    /// <param name="served">The version.</param>
    /// <param name="isNew">Whether it took another's place that it may have to give back.</param>
    public void Serve(ServedModel served, bool isNew) => _state = _state with { Served = served, IsNew = isNew };

    /// <summary>Whether a version is the champion, and was promoted while this program ran over another that it had not served just before.</summary>
    public bool IsNewly(ServedModel served) => _state is { IsNew: true } state && ReferenceEquals(state.Served, served);

    public void Refuse(RefusedVersion refused) => _state = _state with { Refused = refused };

    private sealed record State(ServedModel? Served, RefusedVersion? Refused)
    {
        public bool IsNew { get; init; }
    }
}
