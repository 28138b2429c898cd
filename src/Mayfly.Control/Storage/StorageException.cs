using Mayfly.Contracts;

namespace Mayfly.Control.Storage;

/// <summary>The database can not be used, for a reason that its own library does not tell.</summary>
public sealed class StorageException(Fault fault, Exception? inner = null) : Exception(fault.ToString(), inner)
{
    /// <summary>The reason.</summary>
    public Fault Fault => fault;
}
