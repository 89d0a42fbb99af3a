using CustomerValue.Data.Text;
using CustomerValue.Serving.Security;

namespace CustomerValue.Serving.Pages.Shell;

/// <summary>A table of customers that leaves the service as a file: written down who took it, then sent as it grows.</summary>
internal sealed class CsvDownload : IDisposable
{
    private readonly HttpContext _context;
    private readonly MemoryStream _buffer = new();

    private CsvDownload(HttpContext context, IEnumerable<string> columns)
    {
        _context = context;
        Csv = new CsvWriter(_buffer, columns);
    }

    /// <summary>Takes the rows.</summary>
    public CsvWriter Csv { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="context">The call.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="detail">What it holds, for the record; never a customer's id.</param>
    public static async Task<CsvDownload> BeginAsync(HttpContext context, string name, IEnumerable<string> columns, string detail)
    {
        await RecordAsync(context, name, detail);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return new CsvDownload(context, columns);
    }

    /// <summary>Writes down that a file was taken.</summary>
    public static Task RecordAsync(HttpContext context, string name, string detail) => context.RequestServices.GetRequiredService<Audit>().WriteAsync(context, "download", detail.Length == 0 ? name : $"{name}: {detail}");

    /// <summary>Sends what was written since the last time.</summary>
    public async ValueTask SendAsync()
    {
        Csv.Flush();
        await _context.Response.Body.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), _context.RequestAborted);
        _buffer.SetLength(0);
    }

    public void Dispose()
    {
        Csv.Dispose();
        _buffer.Dispose();
    }
}
