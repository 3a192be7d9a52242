namespace Capsule.Durability.Tests.PowerLoss;

/// <summary>A data directory whose server was killed, and what the disk under it would hold had the power failed at that moment.</summary>
/// <param name="root">The data directory.</param>
/// <param name="shadow">Where the shim has kept what was synced.</param>
internal sealed class Disk(string root, string shadow)
{
    private const int SectorSize = 512;

    /// <summary>Makes a new shadow: what is in the data directory when the next server starts counts as synced.</summary>
    public static void Prepare(string shadow)
    {
        if (Directory.Exists(shadow))
            Directory.Delete(shadow, recursive: true);
        Directory.CreateDirectory(Path.Combine(shadow, "names"));
        Directory.CreateDirectory(Path.Combine(shadow, "contents"));
    }

    /// <summary>
    /// Replaces the data directory by what was synced. A disk may have written some of the rest, in any order: with <paramref name="random"/>, each
    /// unsynced name and each unsynced sector is there or not.
    /// </summary>
    public void LosePower(Random? random)
    {
        var restored = root + ".restored";
        Restore(root, restored, random);
        Directory.Delete(root, recursive: true);
        Directory.Move(restored, root);
        Prepare(shadow);
    }

    private void Restore(string directory, string target, Random? random)
    {
        Directory.CreateDirectory(target);
        var names = SyncedNames(directory);
        foreach (var (name, (inode, isDirectory)) in names)
        {
            var (path, copy) = (Path.Combine(directory, name), Path.Combine(target, name));
            if (isDirectory)
                Restore(path, copy, random);
            else if (!IsMemory(name))
                File.WriteAllBytes(copy, Content(path, inode, random));
        }
        if (random is null)
            return;
        foreach (var path in Directory.GetFiles(directory))
        {
            var name = Path.GetFileName(path);
            if (!names.ContainsKey(name) && !IsMemory(name) && random.Next(2) == 0)
                File.WriteAllBytes(Path.Combine(target, name), Content(path, inode: "", random));
        }
    }

    /// <summary>Shared memory that processes map; no process trusts what an earlier one has left there.</summary>
    private static bool IsMemory(string name) => name.EndsWith("-shm", StringComparison.Ordinal);

    private Dictionary<string, (string Inode, bool IsDirectory)> SyncedNames(string directory)
    {
        foreach (var list in Directory.GetFiles(Path.Combine(shadow, "names")))
        {
            var lines = File.ReadAllLines(list);
            if (lines[0] != directory)
                continue;
            return lines.Skip(1).Select(line => line.Split(' ', 3)).ToDictionary(parts => parts[2], parts => (parts[0], parts[1] == "d"));
        }
        return [];
    }

    private byte[] Content(string path, string inode, Random? random)
    {
        var kept = Path.Combine(shadow, "contents", inode);
        var synced = File.Exists(kept) ? File.ReadAllBytes(kept) : [];
        if (random is null || !File.Exists(path))
            return synced;
        var written = File.ReadAllBytes(path);
        var size = random.Next(2) == 0 ? synced.Length : written.Length;
        var content = new byte[size];
        for (var start = 0; start < size; start += SectorSize)
        {
            // A sector of neither is one that the disk has made room for and not written.
            var source = random.Next(2) == 0 ? written : synced;
            var count = Math.Min(SectorSize, Math.Min(size, source.Length) - start);
            if (count > 0)
                source.AsSpan(start, count).CopyTo(content.AsSpan(start));
        }
        return content;
    }
}
