using System.Text;

namespace CustomerValue.Simulation;

/// <summary>A file that exists under a temporary name until it is published by a rename.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly string _partialPath;
    private readonly FileStream _stream;
    private long _rows;
    private bool _published;

    public PartialFile(string path, string header)
    {
        _path = path;
        _partialPath = path + ".partial";
        // No buffer of its own: it is given whole blocks.
        _stream = new FileStream(_partialPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        _stream.Write(Encoding.UTF8.GetBytes(header));
    }

    public void Append(Utf8Buffer buffer)
    {
        _stream.Write(buffer.Written);
        _rows += buffer.Rows;
    }

    public SimulatedFile Publish()
    {
        long bytes = _stream.Length;
        _stream.Dispose();
        File.Move(_partialPath, _path, overwrite: true);
        _published = true;
        return new SimulatedFile(_path, _rows, bytes);
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_published)
            File.Delete(_partialPath);
    }
}
