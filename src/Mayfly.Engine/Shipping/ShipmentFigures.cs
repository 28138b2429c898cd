namespace Mayfly.Engine.Shipping;

/// <summary>What a shipment took.</summary>
/// <param name="Bytes">Bytes of all pages that are not all zero.</param>
/// <param name="SentBytes">Bytes that were sent, list and compressed pages.</param>
/// <param name="SentPages">Pages that were sent.</param>
public readonly record struct ShipmentFigures(long Bytes, long SentBytes, long SentPages);
