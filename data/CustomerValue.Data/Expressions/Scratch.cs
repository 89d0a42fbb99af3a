using System.Buffers;

namespace CustomerValue.Data.Expressions;

/// <summary>A rented row of working memory, given back when left.</summary>
internal readonly ref struct Scratch<T>
{
    private readonly T[] _rented;

    public Scratch(int length)
    {
        _rented = ArrayPool<T>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    public Span<T> Span { get; }

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented, clearArray: !typeof(T).IsPrimitive);
}
