using Mayfly.Engine.Guests;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Forking;

/// <summary>A QEMU started ahead of its clone: it waits for nothing but the order to load the device state it already holds.</summary>
/// <param name="Machine">The process.</param>
/// <param name="Uuid">Its UUID.</param>
/// <param name="Image">The warm image it can become a clone of.</param>
/// <param name="Agent">
/// Connected before there is a guest: in the state that is loaded the parent's host is connected too, so that the clone's kernel need not be told
/// that one has left and another has come.
/// </param>
/// <param name="Network">The network it will have.</param>
/// <param name="Room">What is promised to it until its machine is READY.</param>
internal sealed record Shell(QemuMachine Machine, Guid Uuid, WarmImage Image, AgentConnection Agent, AddressSlot Network, Reservation Room);
