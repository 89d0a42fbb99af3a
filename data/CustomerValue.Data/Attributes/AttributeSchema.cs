namespace CustomerValue.Data.Attributes;

/// <summary>The attributes a model was trained with, in order: scoring reads a second file by this, not by what it happens to look like.</summary>
public sealed class AttributeSchema
{
    /// <summary>A schema of given attributes.</summary>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public AttributeSchema(IReadOnlyList<AttributeColumn> columns)
    {
        Columns = [.. columns];
        if (Columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() != Columns.Count)
            throw new ArgumentException("A name stands twice among the attributes.", nameof(columns));
    }

    /// <summary>No attributes.</summary>
    public static AttributeSchema Empty { get; } = new([]);

    /// <summary>The attributes in order.</summary>
    public IReadOnlyList<AttributeColumn> Columns { get; }

    /// <summary>Position of an attribute by name, or -1.</summary>
    public int Find(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == name)
                return i;
        return -1;
    }
}
