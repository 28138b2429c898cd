using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using QRCoder;

namespace Mayfly.Control.Users;

/// <summary>Time-based one-time passwords (RFC 6238): six digits, 30 seconds, with ten recovery codes.</summary>
public sealed class SecondFactors(HouseDatabase database, EventLog events, TimeProvider time)
{
    private const int RecoveryCodeCount = 10;
    private const int SecretBytes = 20;
    private const string Issuer = "Mayfly";

    // A phone's clock may be half a minute off either way.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Begins setting one up; it counts once confirmed. Faults: NotFound, AlreadyExists.</summary>
    public async Task<Outcome<SecondFactorSetup>> BeginAsync(string user, CancellationToken cancellationToken)
    {
        var secret = Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes)).TrimEnd('=');
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Users.SingleOrDefaultAsync(u => u.Name == user, cancellationToken);
            if (row is null) return UserDirectory.NoUser(user);
            if (row.FactorConfirmed) return new Fault(ErrorCode.AlreadyExists, "A second factor is set up already.", null, "Remove it first to set up another.");
            row.FactorSecret = secret;
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        var uri = new OtpUri(OtpType.Totp, secret, user, Issuer).ToString();
        using var picture = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var drawn = new SvgQRCode(picture);
        return new SecondFactorSetup(secret, uri, drawn.GetGraphic(4));
    }

    /// <summary>Confirms it with a code, and makes the recovery codes. Faults: InvalidRequest.</summary>
    public async Task<Outcome<RecoveryCodes>> ConfirmAsync(string user, string code, CancellationToken cancellationToken)
    {
        var codes = Enumerable.Range(0, RecoveryCodeCount).Select(_ => Secrets.MakePassword()[..11]).ToList();
        var confirmed = await database.WriteAsync(async context =>
        {
            var row = await context.Users.SingleOrDefaultAsync(u => u.Name == user, cancellationToken);
            if (row is not { FactorSecret: not null, FactorConfirmed: false } || !IsGood(row, code)) return false;
            row.FactorConfirmed = true;
            row.RecoveryCodes = codes.ConvertAll(HashOf);
            events.Add(context, new HouseEvent(EventKinds.SecondFactorChanged, $"'{user}' set up a second factor.", user) { User = user });
            return true;
        }, cancellationToken);
        return confirmed ? new RecoveryCodes(codes) : new Fault(ErrorCode.InvalidRequest, "The code is not right.", null, "Type the six digits your app shows now.");
    }

    /// <summary>Removes it. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string user, string actor, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync(async context =>
        {
            var row = await context.Users.SingleOrDefaultAsync(u => u.Name == user, cancellationToken);
            if (row?.FactorSecret is null) return false;
            if (row.FactorConfirmed) events.Add(context, new HouseEvent(EventKinds.SecondFactorChanged, $"The second factor of '{user}' was removed.", actor) { User = user });
            (row.FactorSecret, row.FactorConfirmed, row.FactorStep, row.RecoveryCodes) = (null, false, 0, []);
            return true;
        }, cancellationToken);
        return removed ? Done.Yes : new Fault(ErrorCode.NotFound, $"'{user}' has no second factor.");
    }

    /// <summary>Uses up a code or a recovery code of a user who has a second factor. True when it was good.</summary>
    public Task<bool> UseAsync(string user, string code, CancellationToken cancellationToken) => database.WriteAsync(async context =>
    {
        var row = await context.Users.SingleOrDefaultAsync(u => u.Name == user && u.FactorConfirmed, cancellationToken);
        if (row is null) return false;
        if (IsGood(row, code)) return true;
        var hash = HashOf(code);
        if (!row.RecoveryCodes.Contains(hash)) return false;
        row.RecoveryCodes = [.. row.RecoveryCodes.Where(one => one != hash)];
        var text = string.Create(CultureInfo.InvariantCulture, $"'{user}' used a recovery code; {row.RecoveryCodes.Count} are left.");
        events.Add(context, new HouseEvent(EventKinds.SecondFactorChanged, text, user, Level: "warning") { User = user });
        return true;
    }, cancellationToken);

    private bool IsGood(UserRow row, string code)
    {
        if (code is not { Length: 6 } || !code.All(char.IsAsciiDigit)) return false;
        var totp = new Totp(Base32Encoding.ToBytes(row.FactorSecret));
        if (!totp.VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, Window) || step <= row.FactorStep) return false;
        row.FactorStep = step;
        return true;
    }

    private static string HashOf(string code) => Secrets.Hash(code.Trim().ToLowerInvariant());
}
