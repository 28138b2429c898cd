using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// The shipments that are arriving, each used by one caller at a time. They hold memory, so there are few: for one more, the one that waited longest
/// is forgotten and goes on from its staging directory when somebody asks for it again.
/// </summary>
internal sealed class Arrivals
{
    private const int Most = 4;
    private readonly Lock _lock = new();
    private readonly Dictionary<ImageVersion, Turn> _turns = [];
    private long _count;

    /// <summary>Takes the turn of a version, there or not. Dispose it to let the next one in. Faults: Busy.</summary>
    /// <param name="id">The version.</param>
    /// <param name="begins">True for who may begin a shipment, and needs a place for it.</param>
    public Outcome<Turn> Enter(ImageVersion id, bool begins = false)
    {
        lock (_lock)
        {
            if (!_turns.TryGetValue(id, out var turn))
            {
                if (begins && !MakePlace())
                    return Busy("Too many images are arriving at once.");
                turn = _turns[id] = new Turn(this, id);
            }
            else if (turn.InUse)
            {
                return Busy($"{id} is being shipped.");
            }

            (turn.InUse, turn.Used) = (true, ++_count);
            return turn;
        }
    }

    private bool MakePlace() =>
        _turns.Count < Most || (_turns.Values.Where(turn => !turn.InUse).MinBy(turn => turn.Used) is { } idle && _turns.Remove(idle.Id));

    private static Fault Busy(string what) => new(ErrorCode.Busy, what, Remedy: "Try again when that is done.");

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            turn.InUse = false;
            if (turn.Arrival is null)
                _turns.Remove(turn.Id);
        }
    }

    /// <summary>One caller's turn with the shipment of a version.</summary>
    internal sealed class Turn(Arrivals arrivals, ImageVersion id) : IDisposable
    {
        public ImageVersion Id => id;

        /// <summary>The shipment, or null when there is none (any more).</summary>
        public Arrival? Arrival { get; set; }

        public bool InUse { get; set; }

        public long Used { get; set; }

        /// <inheritdoc/>
        public void Dispose() => arrivals.Leave(this);
    }
}
