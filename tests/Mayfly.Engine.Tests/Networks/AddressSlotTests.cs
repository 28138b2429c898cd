using System.Net;
using Mayfly.Engine.Networks;

namespace Mayfly.Engine.Tests.Networks;

public sealed class AddressSlotTests
{
    [Theory]
    [InlineData(0, "10.64.0.4", "10.64.0.2")]
    [InlineData(1, "10.64.0.12", "10.64.0.10")]
    [InlineData(32, "10.64.1.4", "10.64.1.2")]
    [InlineData(AddressSlot.Count - 1, "10.127.255.252", "10.127.255.250")]
    public void ToIdentity_Number_GivesItsAddresses(int number, string address, string gateway)
    {
        var identity = new AddressSlot(number).ToIdentity("52:54:00:00:00:02");
        identity.Address.ShouldBe(address);
        identity.Gateway.ShouldBe(gateway);
        identity.PrefixLength.ShouldBe(29);
        IPAddress.TryParse(identity.Dns[0], out _).ShouldBeTrue();
    }

    [Fact]
    public void Take_AfterReturn_GivesAnotherFirst()
    {
        var slots = new AddressSlots();
        var first = slots.Take();
        slots.Return(first);
        slots.Take().ShouldNotBe(first);
    }

    [Fact]
    public void Take_Reserved_IsSkipped()
    {
        var slots = new AddressSlots();
        slots.Reserve(new AddressSlot(0));
        slots.Take().ShouldBe(new AddressSlot(1));
    }
}
