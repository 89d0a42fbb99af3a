namespace CustomerValue.Sources.Databases;

/// <summary>Names and values as a database writes them.</summary>
internal abstract class SqlDialect
{
    /// <summary>A name in quotes.</summary>
    public virtual string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A table, part by part in quotes.</summary>
    public string Table(string table) => string.Join('.', table.Split('.').Select(Name));
}
