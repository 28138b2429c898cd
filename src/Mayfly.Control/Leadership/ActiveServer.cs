namespace Mayfly.Control.Leadership;

/// <summary>The server that runs the house, as the others know it.</summary>
/// <param name="Epoch">Its term.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it can be reached, or null when it does not say.</param>
/// <param name="Secret">What the others show it when they pass on a request.</param>
public sealed record ActiveServer(long Epoch, string Name, Uri? Address, string Secret)
{
    /// <summary>Without the secret, which belongs in no log.</summary>
    public override string ToString() => Address is null ? Name : $"{Name} at {Address}";
}
