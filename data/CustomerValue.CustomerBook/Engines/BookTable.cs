using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>Columns of the score table as the mapping knows them, for bulk inserts that go past change tracking.</summary>
internal sealed class BookTable
{
    /// <summary>Rows between two reports of progress and two looks at cancellation.</summary>
    public const int Stride = 8192;

    private readonly IClrPropertyGetter[] _getters;

    public BookTable(BookContext context)
    {
        IProperty[] properties = [.. context.Model.FindEntityType(typeof(CustomerScore))!.GetProperties()];
        Columns = Array.ConvertAll(properties, property => property.GetColumnName());
        _getters = Array.ConvertAll(properties, property => property.GetGetter());
    }

    /// <summary>Column names in the order of values.</summary>
    public string[] Columns { get; }

    /// <summary>Value of one column of a row, or null.</summary>
    public object? Value(CustomerScore score, int column) => _getters[column].GetClrValue(score);
}
