using System.Diagnostics.CodeAnalysis;

namespace Mayfly.Contracts;

/// <summary>Either a value or the <see cref="Contracts.Fault"/> that stood in its way. Bugs still throw.</summary>
/// <typeparam name="T">What success yields.</typeparam>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Both directions are plain assignments.")]
public readonly record struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T value) => _value = value;

    private Outcome(Fault fault) => Fault = fault;

    /// <summary>The failure, or null on success.</summary>
    public Fault? Fault { get; }

    /// <summary>The result.</summary>
    /// <exception cref="InvalidOperationException">The outcome is a fault; look at <see cref="Fault"/> first.</exception>
    public T Value => Fault is null ? _value! : throw new InvalidOperationException($"Outcome is a fault: {Fault}");

    /// <summary>Wraps a value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value);

    /// <summary>Wraps a fault.</summary>
    public static implicit operator Outcome<T>(Fault fault) => new(fault);

    /// <summary>True and the value on success; false and the fault otherwise.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Fault? fault)
    {
        value = _value;
        fault = Fault;
        return fault is null;
    }
}

/// <summary>The value of an <see cref="Outcome{T}"/> whose success carries nothing.</summary>
public readonly record struct Done
{
    /// <summary>The only value.</summary>
    public static Done Yes => default;
}
