using System.ComponentModel;
using System.Diagnostics;

namespace CustomerValue.TestKit;

/// <summary>A disk of its own, in memory, that is soon full.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.Path;

    private string Filling => _folder.PathOf(".filling");

    /// <summary>Mounts one; null where this user may not.</summary>
    /// <param name="megabytes">What it holds.</param>
    public static SmallDisk? TryMount(int megabytes)
    {
        SmallDisk disk = new();
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={megabytes}m"), "none", disk.Path))
            return disk;
        disk._folder.Dispose();
        return null;
    }

    /// <summary>Leaves no room for one more page.</summary>
    public void Fill()
    {
        byte[] page = new byte[Environment.SystemPageSize];
        try
        {
            using FileStream file = new(Filling, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                file.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Empty() => File.Delete(Filling);

    /// <summary>Takes it away with everything on it.</summary>
    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
