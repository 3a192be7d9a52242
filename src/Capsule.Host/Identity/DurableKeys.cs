using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>
/// Keys in files that are on the disk, whole and under their names, before anything is signed or encrypted with them: a guest whose cookie can't be read
/// after a power loss has lost every session, and a file that is half there keeps all keys from being read.
/// </summary>
internal sealed class DurableKeys(DirectoryInfo directory, ILoggerFactory loggers) : FileSystemXmlRepository(directory, loggers)
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        var path = Path.Combine(Directory.FullName, Path.GetFileName(friendlyName) + ".xml");
        var unfinished = path + ".new";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            element.Save(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path);
        DirectorySync.Flush(Directory.FullName);
    }
}
