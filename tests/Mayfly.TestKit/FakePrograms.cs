using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.TestKit;

/// <summary>Guests whose programs wait at their start, as a test says.</summary>
public sealed class FakePrograms
{
    private readonly ConcurrentDictionary<string, Guest> _guests = new();

    /// <summary>Why no guest can have programs wait, or null.</summary>
    public Fault? Refusal { get; set; }

    /// <summary>What a machine was last told to watch.</summary>
    public IReadOnlyList<ProgramPart> WatchedIn(string machineId) => Of(machineId).Parts;

    /// <summary>A program of a part starts: returns once it may go on.</summary>
    public Task StartAsync(string machineId, string part) => Of(machineId).StartAsync(part);

    /// <summary>A program of a part starts, and goes on without what belongs to it once it has waited.</summary>
    public void StartLate(string machineId, string part) => Of(machineId).StartLate(part);

    /// <summary>The last program of a part ends: returns once the host has dealt with it.</summary>
    public Task EndAsync(string machineId, string part) => Of(machineId).EndAsync(part);

    internal Task<Outcome<WatchProgramsReport>> WatchAsync(string machineId, IReadOnlyList<ProgramPart> parts) =>
        Task.FromResult<Outcome<WatchProgramsReport>>(Refusal is { } refusal ? refusal : Of(machineId).Watch(parts));

    internal async Task<Outcome<ProgramReport>> AwaitAsync(string machineId, string? ended, CancellationToken cancellationToken) => await Of(machineId).NextAsync(ended, cancellationToken);

    private Guest Of(string machineId) => _guests.GetOrAdd(machineId, _ => new Guest());

    private sealed class Guest
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, TaskCompletionSource> _starting = [];
        private readonly Dictionary<string, TaskCompletionSource> _ended = [];
        private readonly HashSet<string> _ready = [];
        private readonly HashSet<string> _late = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<ProgramPart> Parts { get; private set; } = [];

        public Task StartAsync(string part)
        {
            lock (_lock)
            {
                if (_ready.Contains(part)) return Task.CompletedTask;
                return Add(_starting, part);
            }
        }

        public void StartLate(string part)
        {
            lock (_lock)
            {
                _late.Add(part);
                Add(_starting, part);
            }
        }

        public Task EndAsync(string part)
        {
            lock (_lock) return Add(_ended, part);
        }

        public WatchProgramsReport Watch(IReadOnlyList<ProgramPart> parts)
        {
            lock (_lock)
            {
                Parts = parts;
                foreach (var part in parts.Where(part => part.Ready)) _ready.Add(part.Name);
                foreach (var name in _starting.Keys.Where(name => _ready.Contains(name) || parts.All(part => part.Name != name)).ToList())
                    if (_starting.Remove(name, out var waiting)) waiting.SetResult();
                return new WatchProgramsReport([.. _ready], [.. _late]);
            }
        }

        public async Task<ProgramReport> NextAsync(string? ended, CancellationToken cancellationToken)
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (ended is not null && _ended.Remove(ended, out var dealt)) dealt.SetResult();
                    ended = null;
                    if (_starting.Keys.FirstOrDefault() is { } waiting) return new ProgramReport(waiting, Ended: false);
                    if (_ended.Keys.FirstOrDefault() is { } end) return new ProgramReport(end, Ended: true);
                    changed = _changed.Task;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }

        private Task Add(Dictionary<string, TaskCompletionSource> waiting, string part)
        {
            if (!waiting.TryGetValue(part, out var source)) waiting[part] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return source.Task;
        }
    }
}
