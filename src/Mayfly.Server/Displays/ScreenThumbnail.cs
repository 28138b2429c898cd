namespace Mayfly.Server.Displays;

/// <summary>A small picture of a screen.</summary>
/// <param name="Jpeg">The file.</param>
/// <param name="Tag">The same for the same picture, and for no other.</param>
internal sealed record ScreenThumbnail(byte[] Jpeg, string Tag);
