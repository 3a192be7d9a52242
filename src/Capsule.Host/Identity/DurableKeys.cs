using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>
/// Keys in files that are on the disk before anything is signed or encrypted with them: a guest whose cookie can't be read after a power loss has lost
/// every session.
/// </summary>
internal sealed class DurableKeys(DirectoryInfo directory, ILoggerFactory loggers) : FileSystemXmlRepository(directory, loggers)
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        base.StoreElement(element, friendlyName);
        foreach (var file in Directory.EnumerateFiles("*.xml"))
        {
            using var handle = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }
        DirectorySync.Flush(Directory.FullName);
    }
}
