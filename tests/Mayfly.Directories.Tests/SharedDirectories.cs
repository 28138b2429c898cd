using Mayfly.DirectoryKit;

namespace Mayfly.Directories.Tests;

/// <summary>The slapd that all tests ask and none changes.</summary>
public sealed class SharedOpenLdap : IAsyncLifetime
{
    private OpenLdap? _directory;

    public OpenLdap Directory
    {
        get
        {
            Assert.SkipWhen(_directory is null, OpenLdap.Missing() ?? "");
            return _directory!;
        }
    }

    public async ValueTask InitializeAsync() => _directory = OpenLdap.Missing() is null ? await OpenLdap.StartAsync() : null;

    public ValueTask DisposeAsync() => _directory?.DisposeAsync() ?? default;
}

/// <summary>The domain that all tests ask and none changes.</summary>
public sealed class SharedDomain : IAsyncLifetime
{
    private SambaDomain? _domain;

    public SambaDomain Domain
    {
        get
        {
            Assert.SkipWhen(_domain is null, SambaDomain.Missing() ?? "");
            return _domain!;
        }
    }

    public async ValueTask InitializeAsync() => _domain = SambaDomain.Missing() is null ? await SambaDomain.StartAsync() : null;

    public ValueTask DisposeAsync() => _domain?.DisposeAsync() ?? default;
}
