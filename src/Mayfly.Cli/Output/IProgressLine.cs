namespace Mayfly.Cli.Output;

/// <summary>One piece of long work on the screen.</summary>
internal interface IProgressLine
{
    /// <summary>Says what is being done now.</summary>
    /// <param name="step">A short phrase.</param>
    /// <param name="percent">0 to 100 of the whole work.</param>
    void Doing(string step, double percent);

    /// <summary>Says that a step is done and how many seconds it took.</summary>
    void Finished(string step, double seconds);
}
