using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>Where cargo of one kind lies on this host: what its files are, whether it is wanted, and how it gets there.</summary>
internal interface ICargoStore
{
    /// <summary>Which kind.</summary>
    CargoKind Kind { get; }

    /// <summary>What lies here. Faults: NotFound, and what its kind says of one that can not be shipped now.</summary>
    Task<Outcome<CargoFiles>> FindAsync(Cargo cargo, CancellationToken cancellationToken);

    /// <summary>What lies here that may have pages of it, the likeliest first.</summary>
    Task<IReadOnlyList<CargoFiles>> AlikeAsync(Cargo cargo, CancellationToken cancellationToken);

    /// <summary>An offer whose manifest is sound and whose files are those of it. Faults: InvalidRequest, and those of its manifest.</summary>
    Outcome<CheckedOffer> Check(ShippingOffer offer);

    /// <summary>True when it is here already. Faults: AlreadyExists when another is, and what stands in the way of using it here.</summary>
    Task<Outcome<bool>> IsHereAsync(CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken);

    /// <summary>Verifies what has arrived and puts it in place, where it appears whole. Null when it is there.</summary>
    /// <param name="arrival">All of it has come.</param>
    /// <param name="sound">Null once every page was found to be the one announced and all is durable; under way.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    Task<Fault?> CommitAsync(Arrival arrival, Task<Fault?> sound, CancellationToken cancellationToken);
}
