namespace Mayfly.HouseVmTests.House;

/// <summary>A user who opens a desktop and logs off again, over and over, through whatever happens to mayflyd.</summary>
internal sealed class Visitor(TestHouse house, string user, string pool, Gate gate)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>What the user holds for certain: opened and answered, and no log-off asked for.</summary>
    public SessionView? Held { get; private set; }

    /// <summary>Sessions opened.</summary>
    public int Visits { get; private set; }

    public string User => user;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await gate.PassAsync(cancellationToken);
                using var api = house.As(user);
                Held = await api.PostAsync<SessionView>($"desktops/{pool}/open", new { });
                Visits++;
                await Task.Delay(Look, cancellationToken);
                await gate.PassAsync(cancellationToken);
                var leaving = Held;
                Held = null;
                await api.DeleteAsync($"sessions/{leaving.Id}");
            }
            catch (Exception error) when (LocalApi.IsInterruption(error))
            {
                // mayflyd was killed, or the pool has nothing to lend just now: the user tries again.
                await Task.Delay(Look, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
