namespace Mayfly.Engine.Images;

/// <summary>Where the root of a recipe's guest lies.</summary>
public enum RecipeKind
{
    /// <summary>On the disk; a small initial RAM disk mounts it.</summary>
    Disk,

    /// <summary>In memory, from the initial RAM disk; the disk is scratch space. No package is configured, only unpacked.</summary>
    Initramfs,
}
