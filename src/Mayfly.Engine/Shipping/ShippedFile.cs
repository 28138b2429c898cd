namespace Mayfly.Engine.Shipping;

/// <summary>One file of a shipment.</summary>
/// <param name="Name">Its name in its directory; never a path.</param>
/// <param name="Length">Length in bytes, holes included.</param>
/// <param name="Pages">Pages of 4 KiB that are not all zero.</param>
public sealed record ShippedFile(string Name, long Length, int Pages);
