namespace Mayfly.VmTests.House;

/// <summary>An engine in a process of its own that says why it can not fork.</summary>
internal static class Examination
{
    public const string Verb = "examination";

    /// <summary>Prints the codes of a fork's and a publish's faults, and the tools the doctor finds missing.</summary>
    public static async Task RunAsync(string root, ImageVersion image)
    {
        await using var engine = await RunningEngine.StartAsync(Micro.Options(root));
        var forked = await engine.Machines.ProvisionAsync(new ProvisionRequest("one", "one", image), null, CancellationToken.None);
        var published = await engine.Images.PublishAsync(image.Name, image.Version, new Progress<StepProgress>(), CancellationToken.None);
        var report = (await engine.Machines.ExamineAsync(CancellationToken.None)).Value;
        var lacking = report.Checks.Where(check => check.Level == "error").Select(check => check.Name);
        await Console.Out.WriteLineAsync($"{forked.Fault?.Code} {published.Fault?.Code} {string.Join(' ', lacking)}");
    }
}
