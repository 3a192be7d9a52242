namespace Capsule.Hosting.Storage;

/// <summary>What was to be stored is not stored: the disk is full, the file is locked or damaged, the server is gone.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
