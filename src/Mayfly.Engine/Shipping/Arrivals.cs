using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// The shipments that are arriving, each used by one caller at a time. They hold memory by their pages, so there are only so many of these: for
/// one more shipment, those that waited longest are forgotten and go on from their staging directories when somebody asks for them again.
/// </summary>
/// <param name="mostPages">Most pages of all together.</param>
internal sealed class Arrivals(long mostPages = PageList.MostPages)
{
    // Even one without pages holds something.
    private const int LeastPages = 1 << 10;
    private readonly Lock _lock = new();
    private readonly Dictionary<Cargo, Turn> _turns = [];
    private long _count;

    /// <summary>Takes the turn of a cargo, there or not. Dispose it to let the next one in. Faults: Busy.</summary>
    /// <param name="cargo">Which.</param>
    /// <param name="pages">Its pages, for who may begin a shipment and needs a place for it.</param>
    public Outcome<Turn> Enter(Cargo cargo, long? pages = null)
    {
        lock (_lock)
        {
            var turn = _turns.GetValueOrDefault(cargo);
            if (turn is { InUse: true })
                return Busy($"There is a call for {cargo} under way.");
            turn ??= new Turn(this, cargo);
            if (pages is { } wanted)
            {
                turn.Pages = Math.Max(wanted, LeastPages);
                if (!MakePlace(turn))
                    return Busy("Too much is arriving at once.");
            }

            (turn.InUse, turn.Used) = (true, ++_count);
            return _turns[cargo] = turn;
        }
    }

    private bool MakePlace(Turn one)
    {
        var others = _turns.Values.Where(turn => turn != one).ToList();
        var pages = others.Sum(turn => turn.Pages);
        foreach (var idle in others.Where(turn => !turn.InUse).OrderBy(turn => turn.Used))
        {
            if (pages + one.Pages <= mostPages)
                break;
            _turns.Remove(idle.Cargo);
            pages -= idle.Pages;
        }

        return pages + one.Pages <= mostPages;
    }

    private static Fault Busy(string what) => new(ErrorCode.Busy, what, Remedy: "Try again when that is done.");

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            turn.InUse = false;
            if (turn.Arrival is null)
                _turns.Remove(turn.Cargo);
        }
    }

    /// <summary>One caller's turn with the shipment of a cargo.</summary>
    internal sealed class Turn(Arrivals arrivals, Cargo cargo) : IDisposable
    {
        public Cargo Cargo => cargo;

        /// <summary>The shipment, or null when there is none (any more).</summary>
        public Arrival? Arrival { get; set; }

        public bool InUse { get; set; }

        public long Used { get; set; }

        public long Pages { get; set; }

        /// <inheritdoc/>
        public void Dispose() => arrivals.Leave(this);
    }
}
