namespace Mayfly.Engine.Networks;

/// <summary>Lends address slots. A slot returned goes to the end of the line, so that an address is not reused at once.</summary>
internal sealed class AddressSlots
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _taken = [];
    private int _next;

    /// <exception cref="InvalidOperationException">All are taken; the host would be full long before.</exception>
    public AddressSlot Take()
    {
        lock (_lock)
        {
            for (var tried = 0; tried < AddressSlot.Count; tried++)
            {
                var number = _next;
                _next = (_next + 1) % AddressSlot.Count;
                if (_taken.Add(number))
                    return new AddressSlot(number);
            }
        }

        throw new InvalidOperationException("All address slots are taken.");
    }

    /// <summary>Marks the slot of an adopted machine as taken.</summary>
    public void Reserve(AddressSlot slot)
    {
        lock (_lock)
            _taken.Add(slot.Number);
    }

    public void Return(AddressSlot slot)
    {
        lock (_lock)
            _taken.Remove(slot.Number);
    }
}
