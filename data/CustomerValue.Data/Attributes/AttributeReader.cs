using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Text;

namespace CustomerValue.Data.Attributes;

/// <summary>Reads a file of customer attributes into columns of text and has them understood.</summary>
internal static class AttributeReader
{
    private const int ProgressRows = 50_000;

    private static readonly string[] s_customerNames = ["customerid", "custid", "customer", "clientid", "client", "userid", "user", "memberid", "cardid", "id"];

    public static CustomerAttributes Read(string path, AttributeReadOptions options, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using DelimitedText records = DelimitedText.Open(path, options.Delimiter);
        List<string> header = records.Read() ?? throw new BadDataException($"{path}: found an empty file, expected a header line and a row for each customer; give the file of customer attributes.");
        string[] names = [.. header.Select(name => name.Trim())];
        int idColumn = FindCustomerColumn(path, names, options);
        int[] wanted = Wanted(path, names, idColumn, options);

        List<string> ids = [];
        List<string>[] columns = [.. wanted.Select(_ => new List<string>())];
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        SharedTexts shared = new();
        while (records.Read() is { } record)
        {
            if (record.Count != names.Length)
                throw new BadDataException($"{path} line {records.Line}: found {record.Count} fields, expected {names.Length} as in the header; mend the line or name the delimiter.");
            string id = record[idColumn].Trim();
            if (id.Length == 0)
                throw new BadDataException($"{path} line {records.Line}, column '{names[idColumn]}': found no customer id, expected one; fill it in or remove the line.");
            if (!lines.TryAdd(id, records.Line))
                throw new BadDataException($"{path} line {records.Line}, column '{names[idColumn]}': found customer '{id}' again, who stands on line {lines[id]} already; expected one row a customer; remove one of the two.");
            ids.Add(id);
            for (int i = 0; i < wanted.Length; i++)
                columns[i].Add(shared.Share(record[wanted[i]]));
            if (ids.Count % ProgressRows == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new StepProgress($"reading {Path.GetFileName(path)}", ids.Count, null, "rows"));
            }
        }
        if (ids.Count == 0)
            throw new BadDataException($"{path}: found a header and no row, expected a row for each customer; give the file of customer attributes.");
        progress?.Report(new StepProgress($"reading {Path.GetFileName(path)}", ids.Count, ids.Count, "rows"));
        return Understand(names, wanted, [.. ids], columns, options);
    }

    private static CustomerAttributes Understand(string[] names, int[] wanted, string[] ids, List<string>[] columns, AttributeReadOptions options)
    {
        List<Finding> findings = [];
        List<AttributeColumn> schema = [];
        List<double[]> values = [];
        for (int i = 0; i < wanted.Length; i++)
        {
            string name = names[wanted[i]];
            AttributeColumn? column = options.Schema is { } trained ? trained.Columns[trained.Find(name)] : AttributeEncoder.Recognise(name, columns[i], options, findings);
            if (column is null)
                continue;
            schema.Add(column);
            // Where the values made the schema, all that it leaves out are rare levels, which were reported then.
            values.Add(AttributeEncoder.Encode(column, columns[i], options.DateFormats, options.Schema is null ? null : findings));
        }
        foreach (AttributeColumn column in options.Schema?.Columns ?? [])
            if (!names.Contains(column.Name, StringComparer.Ordinal))
                findings.Add(new Finding("absent-attribute", Severity.Warning, $"The model knows the attribute {column.Name}, the file does not; it is taken as missing.", "Give a file with the columns the model was trained with."));
        return new CustomerAttributes(new AttributeSchema(schema), ids, [.. values], findings);
    }

    private static int[] Wanted(string path, string[] names, int idColumn, AttributeReadOptions options)
    {
        foreach (string name in options.Ignore)
            if (!names.Contains(name, StringComparer.Ordinal))
                throw new BadDataException($"{path} line 1: found no column '{name}', expected it because it is to be ignored; the columns are {string.Join(", ", names)}.");
        int[] wanted = [.. Enumerable.Range(0, names.Length).Where(i => i != idColumn
            && !options.Ignore.Contains(names[i], StringComparer.Ordinal)
            && (options.Schema is null || options.Schema.Find(names[i]) >= 0))];
        HeaderCheck.EveryColumnNamed(path, names);
        HeaderCheck.EveryNameOnce(path, wanted.Select(i => names[i]));
        return wanted;
    }

    private static int FindCustomerColumn(string path, string[] names, AttributeReadOptions options)
    {
        string columns = string.Join(", ", names);
        if (options.CustomerColumn is { } asked)
            return Array.IndexOf(names, asked) is >= 0 and int index ? index
                : throw new BadDataException($"{path} line 1: found no column '{asked}', expected it to hold the customer ids; the columns are {columns}.");
        string[] plain = Array.ConvertAll(names, name => string.Concat(name.Where(char.IsLetterOrDigit)).ToLower(CultureInfo.InvariantCulture));
        foreach (string usual in s_customerNames)
            if (Array.IndexOf(plain, usual) is >= 0 and int index)
                return index;
        throw new BadDataException($"{path} line 1: found no column of customer ids among {columns}, expected one named like customer_id; say which column it is.");
    }
}
