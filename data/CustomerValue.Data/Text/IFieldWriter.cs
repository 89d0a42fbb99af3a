namespace CustomerValue.Data.Text;

/// <summary>Takes the fields of a row in order, each by its kind; a field of null is empty.</summary>
public interface IFieldWriter
{
    /// <summary>A field of text.</summary>
    void Text(string? text);

    /// <summary>A field of several texts; in CSV with a space between them.</summary>
    void Texts(IReadOnlyList<string> texts);

    /// <summary>A field with a number; it reads back as it was.</summary>
    void Number(double? value);

    /// <summary>A field with a whole number.</summary>
    void Whole(long? value);

    /// <summary>A field with a day.</summary>
    void Day(DateOnly? day);

    /// <summary>A field with yes or no.</summary>
    void Flag(bool value);
}
