using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;

namespace Mayfly.Engine.Shipping;

/// <summary>Something that is shipped.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Which of them: <c>NAME@VERSION</c> of an image, otherwise its id.</param>
public readonly record struct Cargo(CargoKind Kind, string Id)
{
    /// <summary>The golden image of a version.</summary>
    public static Cargo Golden(ImageVersion image) => new(CargoKind.Golden, image.ToString());

    /// <summary>The warm image of a version.</summary>
    public static Cargo Warm(ImageVersion image) => new(CargoKind.Warm, image.ToString());

    /// <summary>A package.</summary>
    public static Cargo Package(string id) => new(CargoKind.Package, id);

    /// <summary>A writable volume.</summary>
    public static Cargo Volume(string id) => new(CargoKind.Volume, id);

    /// <summary>True when its id is one that its kind can have; it becomes the name of a directory.</summary>
    internal bool IsValid => Id is not null && Kind switch
    {
        CargoKind.Golden or CargoKind.Warm => Id.Split('@') is [var name, var version] && ImageName.IsValid(name) && ImageName.IsVersion(version),
        CargoKind.Package or CargoKind.Volume => DiskId.IsValid(Id),
        _ => false,
    };

    /// <summary>The version of an image whose id is valid.</summary>
    internal ImageVersion Image => Id.Split('@') is [var name, var version] ? new ImageVersion(name, version) : throw new InvalidOperationException($"{this} is no image.");

    /// <summary>As it is called in faults.</summary>
    public override string ToString() => Kind is CargoKind.Golden or CargoKind.Warm ? $"the {Kind.ToString().ToLowerInvariant()} image {Id}" : $"the {Kind.ToString().ToLowerInvariant()} {Id}";
}
