namespace Mayfly.Contracts.Api;

/// <summary>The size a desktop's screen shall have. The width is rounded down to a multiple of 8.</summary>
/// <param name="Width">Pixels of a row, 640 to 4096.</param>
/// <param name="Height">Rows, 480 to 2304.</param>
public sealed record SetScreenSizeRequest(int Width, int Height);
