using System.Globalization;
using System.Net;
using Mayfly.Contracts.Api;

namespace Mayfly.DirectoryKit;

/// <summary>
/// A real slapd with people and groups, as a process of its own: a directory, two ports on 127.0.0.1 and a certificate for "localhost".
/// Who is in it is in people.ldif; everybody's password is "password of NAME".
/// </summary>
public sealed class OpenLdap : IAsyncDisposable
{
    private const string Program = "/usr/sbin/slapd";
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;

    private readonly string _root = Directory.CreateTempSubdirectory("mf-slapd-").FullName;
    private readonly TestAuthority _authority = new("The authority of slapd");
    private ServerProcess? _process;

    private OpenLdap()
    {
    }

    /// <summary>Port that begins in the clear.</summary>
    public int Port { get; } = ServerProcess.FreePort();

    /// <summary>Port that is encrypted from the first byte.</summary>
    public int TlsPort { get; } = ServerProcess.FreePort();

    /// <summary>Settings that suit it: StartTLS, a service account, groups of names.</summary>
    public LdapSettings Settings => new()
    {
        Name = "openldap",
        Servers = [$"localhost:{Port}"],
        CaCertificate = _authority.Pem,
        BindDn = "cn=mayfly,dc=mayfly,dc=test",
        BindPassword = "password of mayfly",
        UserBase = "ou=people,dc=mayfly,dc=test",
        GroupBase = "ou=groups,dc=mayfly,dc=test",
        GroupKind = LdapGroupKind.GroupOfNames,
    };

    /// <summary>What is missing here to run it, or null.</summary>
    public static string? Missing() => File.Exists(Program) ? null : "slapd is not installed.";

    /// <summary>Fills and starts one.</summary>
    public static async Task<OpenLdap> StartAsync()
    {
        var directory = new OpenLdap();
        try
        {
            await directory.FillAsync();
            await directory.ResumeAsync();
            return directory;
        }
        catch
        {
            await directory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again.</summary>
    public async Task ResumeAsync() => _process = await ServerProcess.StartAsync(
        Program, ["-d", "0", "-f", PathOf("slapd.conf"), "-h", $"ldap://127.0.0.1:{Port}/ ldaps://127.0.0.1:{TlsPort}/"],
        new IPEndPoint(IPAddress.Loopback, Port), new IPEndPoint(IPAddress.Loopback, TlsPort));

    /// <summary>Kills it.</summary>
    public async Task KillAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Has it stand still: it is connected to, and never answers.</summary>
    public void Freeze() => _process!.Signal(StopSignal);

    /// <summary>Has it go on.</summary>
    public void Thaw() => _process!.Signal(ContinueSignal);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _authority.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private async Task FillAsync()
    {
        _authority.Write(_root, "localhost");
        Directory.CreateDirectory(PathOf("data"));
        await File.WriteAllTextAsync(PathOf("people.ldif"), Resources.Read("people.ldif"));
        await File.WriteAllTextAsync(PathOf("slapd.conf"), Configuration());
        await ServerProcess.RunAsync("/usr/sbin/slapadd", "-q", "-f", PathOf("slapd.conf"), "-l", PathOf("people.ldif"));
    }

    private string PathOf(string name) => Path.Combine(_root, name);

    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/nis.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        TLSCertificateFile {PathOf("server.pem")}
        TLSCertificateKeyFile {PathOf("server.key")}
        TLSCACertificateFile {PathOf("ca.pem")}
        database mdb
        suffix dc=mayfly,dc=test
        directory {PathOf("data")}
        access to attrs=userPassword by anonymous auth by * none
        access to * by dn.exact="cn=mayfly,dc=mayfly,dc=test" read by * none
        """);
}
