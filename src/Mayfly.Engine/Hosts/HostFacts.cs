using System.Text.Json;

namespace Mayfly.Engine.Hosts;

/// <summary>What was found out about this host at some cost, kept in <c>host.json</c>.</summary>
/// <param name="Kvm">Whether a kernel runs on KVM here, or null when not tried yet.</param>
internal sealed record HostFacts(KvmVerdict? Kvm)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads what is known; nothing, when the file is absent or damaged, since it can be found out again.</summary>
    public static HostFacts Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<HostFacts>(File.ReadAllText(path), Json) ?? new HostFacts(Kvm: null);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return new HostFacts(Kvm: null);
        }
    }

    /// <summary>Writes it down.</summary>
    public void Write(string path)
    {
        var fresh = path + ".new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(this, Json));
        File.Move(fresh, path, overwrite: true);
    }
}

/// <summary>Whether a modern kernel runs on KVM here.</summary>
/// <param name="Works">True when it does.</param>
/// <param name="Reason">What was seen.</param>
/// <param name="Host">Host kernel, QEMU and CPU it was seen on; another host or upgrade needs a new look.</param>
internal sealed record KvmVerdict(bool Works, string Reason, string Host);
