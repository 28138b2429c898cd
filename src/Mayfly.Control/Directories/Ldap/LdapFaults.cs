using System.Formats.Asn1;
using System.Net.Sockets;
using System.Security.Authentication;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>What can go wrong with an LDAP directory, as faults.</summary>
internal static class LdapFaults
{
    /// <summary>One answer for an unknown name and a wrong password, and the same as for a local user.</summary>
    public static Fault WrongCredentials { get; } =
        new(ErrorCode.Unauthenticated, "The user name or the password is wrong.", null, "Check both and try again.");

    /// <summary>What talking to a server threw, or null when it is a bug.</summary>
    public static Fault? Of(Exception error, string server) => error switch
    {
        OperationCanceledException => new Fault(
            ErrorCode.DirectoryUnreachable, $"{server} did not answer in time.", null, "See whether it runs and is reached from this host, or allow it more time."),
        AuthenticationException => new Fault(
            ErrorCode.DirectoryUntrusted, $"{server} could not prove who it is.", ShownText.From(error.InnerException?.Message ?? error.Message),
            "Give the CA certificate that vouches for it, and the host name that is in its certificate."),
        AsnContentException or IOException or SocketException => new Fault(
            ErrorCode.DirectoryUnreachable, $"{server} cannot be talked to.", ShownText.From(error.Message), "See whether it runs, speaks LDAP on this port, and is reached from this host."),
        _ => null,
    };

    /// <summary>The server does not do StartTLS.</summary>
    public static Fault NoTls(LdapServer server, LdapResult result) => new(
        ErrorCode.DirectoryMisconfigured, $"{server} does not go on encrypted.", result.ToString(), "Set up TLS at the directory, or use ldaps:// if it has that.");

    /// <summary>The service account was not let in.</summary>
    public static Fault ServiceAccount(LdapServer server, string account, LdapResult result) => result.Code switch
    {
        LdapResultCode.Busy or LdapResultCode.Unavailable => Unavailable(server, result),
        LdapResultCode.StrongerAuthRequired or LdapResultCode.ConfidentialityRequired => new Fault(
            ErrorCode.DirectoryMisconfigured, $"{server} takes passwords over encrypted connections only.", result.ToString(), "Choose StartTLS or LDAPS."),
        _ => new Fault(ErrorCode.DirectoryRefused, $"{server} does not let the service account '{account}' in.", result.ToString(), "Check its name and its password."),
    };

    /// <summary>A search failed.</summary>
    public static Fault Search(LdapServer server, LdapSearch search, LdapResult result) => result.Code switch
    {
        LdapResultCode.Busy or LdapResultCode.Unavailable or LdapResultCode.TimeLimitExceeded => Unavailable(server, result),
        LdapResultCode.OperationsError or LdapResultCode.InsufficientAccessRights or LdapResultCode.StrongerAuthRequired or LdapResultCode.InappropriateAuthentication =>
            new Fault(ErrorCode.DirectoryRefused, $"{server} does not let Mayfly search below '{search.Base}'.", result.ToString(), "Give a service account that may read there."),
        LdapResultCode.NoSuchObject or LdapResultCode.Referral or LdapResultCode.InvalidDnSyntax => new Fault(
            ErrorCode.DirectoryMisconfigured, $"{server} has nothing to search at '{search.Base}'.", result.ToString(), "Correct the base, and see that the service account may read there."),
        LdapResultCode.SizeLimitExceeded or LdapResultCode.AdminLimitExceeded => new Fault(
            ErrorCode.DirectoryMisconfigured, $"{server} finds more than {search.Limit} entries below '{search.Base}'.", null, "Make the base or the filter narrower."),
        _ => new Fault(ErrorCode.DirectoryMisconfigured, $"{server} cannot answer a search below '{search.Base}'.", result.ToString(), "Check the base, the filter and the attributes."),
    };

    /// <summary>More than one person has the name.</summary>
    public static Fault Ambiguous(string user) => new(
        ErrorCode.DirectoryMisconfigured, $"More than one entry of the directory stands for '{ShownText.From(user)}'.", null, "Make the user filter or the base narrower.");

    /// <summary>The person's account is closed, and the password was right.</summary>
    public static Fault Closed(LdapSettings settings) => new(
        ErrorCode.Forbidden, $"This account is disabled in the directory '{settings.Name}'.", null, "Ask whoever looks after that directory.");

    /// <summary>All places are taken.</summary>
    public static Fault Crowded(LdapSettings settings) => new(
        ErrorCode.Busy, $"Too many questions to the directory '{settings.Name}' are waiting.", null, "Try again in a moment.");

    private static Fault Unavailable(LdapServer server, LdapResult result) => new(
        ErrorCode.DirectoryUnreachable, $"{server} is too busy to answer.", result.ToString(), "Try again in a moment.");
}
