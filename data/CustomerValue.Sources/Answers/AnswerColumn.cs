using CustomerValue.Data.Text;

namespace CustomerValue.Sources.Answers;

/// <summary>A column of answers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
public sealed record AnswerColumn(string Name, AnswerKind Kind)
{
    /// <summary>Whether it is part of what names a row, and so never missing.</summary>
    public bool IsKey => Name == AnswerSlice.CustomerColumn || AnswerSlice.Columns.Contains(Name);

    /// <summary>The column that a field is written to: the field says what it holds.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="write">Writes a field, whatever its value.</param>
    /// <exception cref="NotSupportedException">The field is a list or a flag, which tables do not take.</exception>
    public static AnswerColumn Of(string name, Action<IFieldWriter> write)
    {
        KindOfField field = new();
        write(field);
        return new AnswerColumn(name, field.Kind ?? throw new NotSupportedException($"The column {name} writes no field."));
    }

    private sealed class KindOfField : IFieldWriter
    {
        public AnswerKind? Kind { get; private set; }

        public void Text(string? text) => Kind = AnswerKind.Text;

        public void Texts(IReadOnlyList<string> texts) => throw new NotSupportedException("Tables take no lists of texts.");

        public void Number(double? value) => Kind = AnswerKind.Number;

        public void Whole(long? value) => Kind = AnswerKind.Whole;

        public void Day(DateOnly? day) => Kind = AnswerKind.Day;

        public void Flag(bool value) => throw new NotSupportedException("Tables take no flags.");
    }
}

/// <summary>What a column of answers holds.</summary>
public enum AnswerKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Numbers of double precision.</summary>
    Number,

    /// <summary>Whole numbers of 64 bits.</summary>
    Whole,

    /// <summary>Calendar days.</summary>
    Day,
}

/// <summary>Takes rows of answers, field by field in the order of the columns.</summary>
public interface IAnswerWriter : IFieldWriter
{
    /// <summary>Ends a row.</summary>
    void EndRow();
}

/// <summary>What all tables take alike: a number that is none is missing.</summary>
internal abstract class AnswerWriter : IAnswerWriter
{
    public abstract void Text(string? text);

    public abstract void Number(double? value);

    public abstract void Whole(long? value);

    public abstract void Day(DateOnly? day);

    public abstract void EndRow();

    public void Texts(IReadOnlyList<string> texts) => throw new NotSupportedException("Tables take no lists of texts.");

    public void Flag(bool value) => throw new NotSupportedException("Tables take no flags.");

    /// <summary>Nothing in the place of NaN.</summary>
    protected static double? Known(double? value) => value is { } number && double.IsNaN(number) ? null : value;
}
