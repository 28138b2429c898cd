using Tmds.DBus.Protocol;

namespace Mayfly.Agent.Xfconf;

/// <summary>Xfconf of a running session. Whoever has a setting drawn is told by Xfconf when it changes.</summary>
/// <param name="bus">The session's bus.</param>
internal sealed class XfconfService(DBusConnection bus)
{
    private const string Service = "org.xfce.Xfconf";

    /// <summary>True when a bus has it.</summary>
    internal static async Task<bool> IsOnAsync(DBusConnection bus) => (await bus.ListActivatableServicesAsync()).Contains(Service);

    /// <summary>Names of all channels.</summary>
    internal Task<string[]> ListChannelsAsync() => bus.CallMethodAsync(Call("ListChannels"), (message, _) => message.GetBodyReader().ReadArrayOfString());

    /// <summary>All properties of a channel, also those that the system sets.</summary>
    internal async Task<SortedDictionary<string, SettingValue>> ReadAsync(string channel)
    {
        var values = await bus.CallMethodAsync(Call("GetAllProperties", channel, "/"), (message, _) => message.GetBodyReader().ReadDictionaryOfStringToVariantValue());
        return new(values.ToDictionary(pair => pair.Key, pair => SettingValue.Of(pair.Value)), StringComparer.Ordinal);
    }

    /// <summary>Sets a property.</summary>
    internal Task SetAsync(string channel, string property, SettingValue value)
    {
        using var writer = Start("SetProperty", "ssv");
        writer.WriteString(channel);
        writer.WriteString(property);
        writer.WriteVariant(value.ToVariant());
        return bus.CallMethodAsync(writer.CreateMessage());
    }

    /// <summary>Takes back what was set of a property, and of that alone.</summary>
    internal Task ResetAsync(string channel, string property)
    {
        using var writer = Start("ResetProperty", "ssb");
        writer.WriteString(channel);
        writer.WriteString(property);
        writer.WriteBool(false);
        return bus.CallMethodAsync(writer.CreateMessage());
    }

    private MessageBuffer Call(string member, params ReadOnlySpan<string> texts)
    {
        using var writer = Start(member, new string('s', texts.Length));
        foreach (var text in texts)
            writer.WriteString(text);
        return writer.CreateMessage();
    }

    private MessageWriter Start(string member, string signature)
    {
        var writer = bus.GetMessageWriter();
        writer.WriteMethodCallHeader(Service, "/org/xfce/Xfconf", Service, member, signature, MessageFlags.None);
        return writer;
    }
}
