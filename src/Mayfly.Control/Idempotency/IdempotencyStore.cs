using System.Security.Cryptography;
using System.Text;
using Mayfly.Contracts;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Idempotency;

/// <summary>
/// Answers to requests that carry an idempotency key, for 24 hours, over restarts too. While a request is being answered, the same one asked
/// again waits for it. Of the key only a hash is stored; the answer, which may hold a password, is encrypted with it.
/// </summary>
public sealed partial class IdempotencyStore(HouseDatabase database, TimeProvider time, ILogger<IdempotencyStore> logger)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private static readonly Fault Mismatch = new(
        ErrorCode.IdempotencyMismatch, "The idempotency key was used for another request.", "Its method, path or body was different.", "Use a new key for each new request.");

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Running> _running = [];

    /// <summary>
    /// The answer kept for a key; or null, and the caller answers and then calls <see cref="Turn.EndAsync"/>. Faults: IdempotencyMismatch.
    /// </summary>
    /// <param name="caller">Whose key it is: two callers' keys have nothing to do with each other.</param>
    /// <param name="key">The key.</param>
    /// <param name="request">Method, path and body.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Outcome<(KeptAnswer? Kept, Turn? Turn)>> BeginAsync(string caller, string key, string request, CancellationToken cancellationToken)
    {
        var (id, hash) = (Hash(caller, key), Hash(request));
        while (true)
        {
            Running? other;
            var mine = new Running(hash);
            lock (_lock)
            {
                if (!_running.TryGetValue(id, out other)) _running[id] = mine;
            }

            if (other is null) return await FindOrTurnAsync(id, key, hash, mine, cancellationToken);
            if (other.Request != hash) return Mismatch;
            if (await other.Ended.Task.WaitAsync(cancellationToken) is { } kept) return (kept, null);
        }
    }

    private async Task<Outcome<(KeptAnswer? Kept, Turn? Turn)>> FindOrTurnAsync(string id, string key, string hash, Running mine, CancellationToken cancellationToken)
    {
        KeptAnswer? kept = null;
        var turn = false;
        try
        {
            var oldest = time.GetUtcNow() - Life;
            await using var context = await database.ReadAsync(cancellationToken);
            var row = await context.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.At > oldest, cancellationToken);
            turn = row is null;
            if (row is null) return (null, new Turn(this, id, key, mine));
            if (row.Request != hash) return Mismatch;
            kept = new KeptAnswer(row.Status, row.Location, SealedBody.Open(row.Body, key, id));
            return (kept, null);
        }
        finally
        {
            if (!turn) Release(id, mine, kept);
        }
    }

    private void Release(string id, Running mine, KeptAnswer? kept)
    {
        lock (_lock) _running.Remove(id);
        mine.Ended.TrySetResult(kept);
    }

    private async Task KeepAsync(string id, string key, string request, KeptAnswer answer)
    {
        try
        {
            var row = new IdempotencyRow
            {
                Id = id,
                Request = request,
                Status = answer.Status,
                Location = answer.Location,
                Body = SealedBody.Seal(answer.Body, key, id),
                At = time.GetUtcNow(),
            };
            // Not cancelled: what was done was done, also when nobody waits for the answer any more.
            await database.WriteAsync(async context =>
            {
                var oldest = time.GetUtcNow() - Life;
                await context.IdempotencyKeys.Where(i => i.At <= oldest || i.Id == id).ExecuteDeleteAsync();
                if (await context.IdempotencyKeys.CountAsync() < Most) context.IdempotencyKeys.Add(row);
                return Done.Yes;
            }, CancellationToken.None);
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            LogNotKept(exception);
        }
    }

    private static string Hash(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(part => $"{part.Length}:{part}")))));

    [LoggerMessage(230, LogLevel.Warning, "An answer could not be kept for its idempotency key; asked again, the request is carried out again")]
    private partial void LogNotKept(Exception exception);

    /// <summary>The right to answer a request whose key is new.</summary>
    public sealed class Turn
    {
        private readonly IdempotencyStore _store;
        private readonly string _id;
        private readonly string _key;
        private readonly Running _running;

        internal Turn(IdempotencyStore store, string id, string key, Running running) => (_store, _id, _key, _running) = (store, id, key, running);

        /// <summary>Keeps the answer and gives it to those who wait; with null, one of them takes the turn.</summary>
        public async Task EndAsync(KeptAnswer? answer)
        {
            try
            {
                if (answer is not null) await _store.KeepAsync(_id, _key, _running.Request, answer);
            }
            finally
            {
                _store.Release(_id, _running, answer);
            }
        }
    }

    internal sealed record Running(string Request)
    {
        public TaskCompletionSource<KeptAnswer?> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
