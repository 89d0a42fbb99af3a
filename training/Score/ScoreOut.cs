using System.Runtime.CompilerServices;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Versions;
using CustomerValue.Sources;
using CustomerValue.Sources.Answers;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Score;

/// <summary>Where scores go: a file, a table of a database, or a lake of Parquet files with a folder a version and day. Each takes the same columns and numbers.</summary>
internal sealed class ScoreOut
{
    private const string LakeFile = "scores.parquet";

    private static readonly AnswerTable<CustomerPrediction> s_table = CustomerPrediction.Table;

    private readonly AnswerPlace? _database;
    private readonly string? _lake;

    private ScoreOut(string name, AnswerPlace? database, string? lake) => (Name, _database, _lake) = (name, database, lake);

    /// <summary>File or address.</summary>
    public string Name { get; }

    /// <summary>What the fields of a prediction hold, which they say whatever their values.</summary>
    private static AnswerColumn[] Columns
    {
        get
        {
            CustomerPrediction nobody = (CustomerPrediction)RuntimeHelpers.GetUninitializedObject(typeof(CustomerPrediction));
            return [.. s_table.Columns.Select(column => AnswerColumn.Of(column.Name, writer => column.Write(writer, nobody)))];
        }
    }

    /// <summary>The place of a name.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">It is no address that takes answers.</exception>
    public static ScoreOut Of(string name, CommandEnvironment environment)
    {
        if (!SourcePlaces.IsAddress(name))
            return new ScoreOut(environment.PathOf(name), null, null);
        string rooted = SourcePlaces.Rooted(name, environment.PathOf);
        return AnswerPlace.LakeOf(rooted) is { } lake ? new ScoreOut(rooted, null, lake) : new ScoreOut(rooted, AnswerPlace.At(rooted), null);
    }

    /// <summary>Looks before the work whether a database takes what comes of it.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">It cannot be reached, or its table has other columns.</exception>
    public void Check(CancellationToken cancellation) => _database?.Check(Columns, cancellation);

    /// <summary>Writes scores: a file is replaced, and elsewhere what was there of the same version and day.</summary>
    /// <param name="slice">The version and day.</param>
    /// <param name="rows">The customers.</param>
    /// <param name="cancellation">Stops it and leaves what was there.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">The database did not take them.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(AnswerSlice slice, IEnumerable<CustomerPrediction> rows, CancellationToken cancellation)
    {
        if (_database is not null)
            _database.Replace(slice, Columns, writer => WriteRows(writer, rows, cancellation), cancellation);
        else if (_lake is not null)
            new AnswerTable<CustomerPrediction>([.. s_table.Columns.Where(column => !AnswerSlice.Columns.Contains(column.Name))]).Save(Path.Combine(Emptied(slice.FolderIn(_lake)), LakeFile), rows, cancellation);
        else
            s_table.Save(Name, rows, cancellation);
    }

    private static void WriteRows(IAnswerWriter writer, IEnumerable<CustomerPrediction> rows, CancellationToken cancellation)
    {
        foreach (CustomerPrediction row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (AnswerColumn<CustomerPrediction> column in s_table.Columns)
                column.Write(writer, row);
            writer.EndRow();
        }
    }

    /// <summary>A slice's folder, in which no other file would be read beside the one that is replaced.</summary>
    private string Emptied(string folder) =>
        !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(entry => Path.GetFileName(entry) is var name && name != LakeFile && !name.StartsWith('.')) is not { } other ? folder
            : throw new Data.Diagnostics.BadDataException($"{Name}: found {Path.GetFileName(other)} in {folder}, expected nothing beside {LakeFile}, which is replaced; move it away, or name another folder.");
}
