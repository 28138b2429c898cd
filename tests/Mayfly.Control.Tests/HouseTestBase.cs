using Mayfly.Contracts.Api;
using Mayfly.Control.Hosts;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests;

/// <summary>What tests of a whole house have in common: a directory, a host and images that outlive the house.</summary>
public abstract class HouseTestBase : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    protected FakeMachineHost Host { get; } = new();

    protected FakeImageLibrary Images { get; } = new();

    protected FakePackageLibrary Packages { get; } = new();

    protected FakeVolumeLibrary Volumes { get; } = new();

    protected FakePersonaLibrary Personas { get; } = new();

    protected FakeHostFiles Files { get; } = new();

    protected JumpingTime Time { get; } = new();

    protected string Root => _directory.Root;

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static CreatePoolRequest Dedicated(int spare = 1, int maximum = 4) =>
        new() { Name = "p", Image = "micro", Version = "v1", Assignment = PoolAssignment.Dedicated, Spare = spare, Maximum = maximum };

    internal Task<House> StartAsync(Func<ControlOptions, ControlOptions>? change = null, FleetOptions? hosts = null) =>
        House.StartAsync(Root, Host, o => (change?.Invoke(o) ?? o) with { Resync = TimeSpan.FromMilliseconds(500) }, Images, Time, Packages, Volumes, Personas, hosts, Files);
}
