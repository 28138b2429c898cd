namespace Mayfly.Engine.Shipping;

/// <summary>Where all that is shipped lies on this host.</summary>
internal sealed class CargoStores(IEnumerable<ICargoStore> stores)
{
    private readonly Dictionary<CargoKind, ICargoStore> _stores = stores.ToDictionary(store => store.Kind);

    /// <summary>Where something lies that has a valid name.</summary>
    public ICargoStore this[Cargo cargo] => _stores[cargo.Kind];
}
