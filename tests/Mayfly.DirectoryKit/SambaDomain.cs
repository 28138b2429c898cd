using System.Globalization;
using System.Net;
using Mayfly.Contracts.Api;

namespace Mayfly.DirectoryKit;

/// <summary>
/// A real Samba domain controller that serves LDAP as Active Directory does, on a loopback address of its own with a certificate for
/// that address. Its files are in a directory that goes with it; the host's configuration is neither read nor changed. Who is in it
/// is in people.py; everybody's password is "Password of NAME 1".
/// </summary>
public sealed class SambaDomain : IAsyncDisposable
{
    private const string Program = "/usr/sbin/samba";
    private const int LdapPort = 389;
    private const int LdapsPort = 636;

    private readonly string _root = Directory.CreateTempSubdirectory("mf-samba-").FullName;
    private readonly TestAuthority _authority = new("The authority of the domain");
    private ServerProcess? _process;

    private SambaDomain()
    {
    }

    /// <summary>Its own loopback address: the ports of LDAP cannot be chosen.</summary>
    public IPAddress Address { get; } = new([127, 77, (byte)(Environment.ProcessId >> 8), (byte)(Environment.ProcessId % 254 + 1)]);

    /// <summary>Settings that suit it: LDAPS, a service account, Active Directory's ways.</summary>
    public LdapSettings Settings => new()
    {
        Name = "domain",
        Servers = [Address.ToString()],
        Security = LdapSecurity.Ldaps,
        CaCertificate = _authority.Pem,
        BindDn = "mayfly@ad.mayfly.test",
        BindPassword = "Password of mayfly 1",
        UserBase = "dc=ad,dc=mayfly,dc=test",
        GroupBase = "dc=ad,dc=mayfly,dc=test",
        GroupKind = LdapGroupKind.ActiveDirectory,
    };

    /// <summary>What is missing here to run it, or null.</summary>
    public static string? Missing()
    {
        if (!File.Exists(Program) || !File.Exists("/usr/bin/samba-tool")) return "Samba's domain controller is not installed.";
        if (!Directory.Exists("/usr/share/samba/setup")) return "What Samba provisions a domain from (samba-ad-provision) is not installed.";
        return Environment.IsPrivilegedProcess || FirstFreePort() <= LdapPort ? null : "Samba's LDAP ports, 389 and 636, are for root only on this host.";
    }

    /// <summary>Provisions, fills and starts one: about ten seconds.</summary>
    public static async Task<SambaDomain> StartAsync()
    {
        var domain = new SambaDomain();
        try
        {
            await domain.ProvisionAsync();
            return domain;
        }
        catch
        {
            await domain.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static int FirstFreePort() =>
        int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start"), CultureInfo.InvariantCulture);

    private async Task ProvisionAsync()
    {
        _authority.Write(_root, Address.ToString());
        await ServerProcess.RunAsync("/usr/bin/samba-tool", "domain", "provision", $"--targetdir={PathOf("domain")}", "--realm=AD.MAYFLY.TEST", "--domain=MAYFLY",
            "--server-role=dc", "--dns-backend=NONE", "--adminpass=Password of Administrator 1", "--host-name=dc1", $"--host-ip={Address}", "--configfile=/dev/null");
        await File.WriteAllTextAsync(PathOf("smb.conf"), Configuration());
        await File.WriteAllTextAsync(PathOf("people.py"), Resources.Read("people.py"));
        await ServerProcess.RunAsync("/usr/bin/python3", PathOf("people.py"), PathOf("smb.conf"));
        _process = await ServerProcess.StartAsync(Program, ["--interactive", "--model=single", $"--configfile={PathOf("smb.conf")}", "--debug-stdout"],
            new IPEndPoint(Address, LdapPort), new IPEndPoint(Address, LdapsPort));
    }

    private string PathOf(string name) => Path.Combine(_root, name);

    private string Configuration() => $"""
        [global]
        netbios name = DC1
        realm = AD.MAYFLY.TEST
        workgroup = MAYFLY
        server role = active directory domain controller
        server services = ldap
        dcerpc endpoint servers = remote
        interfaces = {Address}/8
        bind interfaces only = yes
        lock directory = {PathOf("domain")}
        state directory = {PathOf("domain/state")}
        cache directory = {PathOf("domain/cache")}
        private dir = {PathOf("domain/private")}
        binddns dir = {PathOf("domain/bind-dns")}
        pid directory = {PathOf("domain")}
        ncalrpc dir = {PathOf("ncalrpc")}
        winbindd socket directory = {PathOf("winbindd")}
        ntp signd socket directory = {PathOf("ntp")}
        log file = {PathOf("log.%m")}
        logging = file
        tls enabled = yes
        tls certfile = {PathOf("server.pem")}
        tls keyfile = {PathOf("server.key")}
        tls cafile = {PathOf("ca.pem")}
        """;
}
