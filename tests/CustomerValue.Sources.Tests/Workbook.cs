using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace CustomerValue.Sources.Tests;

/// <summary>Writes a workbook (Office Open XML) row by row, with text in the cells themselves, so that a million rows need no memory.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    public static void Write(string path, IReadOnlyList<(string Name, IEnumerable<string[]> Rows)> sheets, string[] numbers, string[] dates)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Part(archive, "[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>{string.Concat(sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>");
        Part(archive, "_rels/.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Part(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>");
        Part(archive, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}/relationships\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}<Relationship Id=\"rId{sheets.Count + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        Part(archive, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        for (int i = 0; i < sheets.Count; i++)
            using (StreamWriter sheet = new(archive.CreateEntry($"xl/worksheets/sheet{i + 1}.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false)))
                WriteSheet(sheet, sheets[i].Rows, numbers, dates);
    }

    private static void WriteSheet(StreamWriter sheet, IEnumerable<string[]> rows, string[] numbers, string[] dates)
    {
        sheet.Write($"<worksheet xmlns=\"{Main}\"><sheetData>");
        string[] names = [];
        int number = 0;
        foreach (string[] row in rows)
        {
            sheet.Write($"<row r=\"{++number}\">");
            for (int column = 0; column < row.Length; column++)
            {
                string place = $"{(char)('A' + column)}{number}";
                if (row[column].Length == 0)
                    continue;
                if (names.Length > 0 && numbers.Contains(names[column]))
                    sheet.Write($"<c r=\"{place}\"><v>{row[column]}</v></c>");
                else if (names.Length > 0 && dates.Contains(names[column]))
                    sheet.Write($"<c r=\"{place}\" s=\"1\"><v>{DateTime.Parse(row[column], CultureInfo.InvariantCulture).ToOADate().ToString("R", CultureInfo.InvariantCulture)}</v></c>");
                else
                    sheet.Write($"<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(row[column])}</t></is></c>");
            }
            sheet.Write("</row>");
            if (names.Length == 0)
                names = row;
        }
        sheet.Write("</sheetData></worksheet>");
    }

    private static void Part(ZipArchive archive, string name, string xml)
    {
        using StreamWriter writer = new(archive.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml);
    }
}
