using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>Unpacks parts of a persona.</summary>
/// <param name="programs">Runs what is to be run.</param>
/// <param name="disk">What is read from.</param>
/// <param name="done">Called after the last part.</param>
internal sealed class PersonaUnpacking(AccountPrograms programs, PersonaDisk disk, Action done) : PersonaRun(programs, disk, done)
{
    private const int SectorBytes = 512;

    /// <summary>Adds archives to unpack.</summary>
    internal void Unpack(IReadOnlyList<PersonaSpan> archives)
    {
        if (archives.Count > 1 && AreAllOfTheDisk(archives))
            Add("", () => UnpackAll(archives));
        else
            AddEach(archives);
    }

    private bool AreAllOfTheDisk(IReadOnlyList<PersonaSpan> archives)
    {
        var next = 0L;
        foreach (var archive in archives)
        {
            if (archive.Offset != next)
                return false;
            next = (archive.Offset + archive.Bytes + SectorBytes - 1) / SectorBytes * SectorBytes;
        }
        return next == Disk.Bytes;
    }

    // Starting tar takes longer than what it does to most archives: one reads them all. Who was to blame when it fails, one for each tells.
    private void UnpackAll(IReadOnlyList<PersonaSpan> archives)
    {
        Disk.Position = 0;
        RunForAll(TarCommand(InHome("-x", "-i")), new ChildStreams(Disk.Descriptor, null), (failure, _) =>
        {
            if (failure is not null)
                AddEach(archives);
            Go();
        });
    }

    private void AddEach(IReadOnlyList<PersonaSpan> archives)
    {
        foreach (var archive in archives)
            Add(archive.Name, () => UnpackNow(archive));
    }

    private void UnpackNow(PersonaSpan archive)
    {
        Disk.Position = archive.Offset;
        Tar(archive.Name, InHome("-x"), new ChildStreams(Disk.Descriptor, null), 0, (failure, _) =>
        {
            if (failure is not null)
                Tell(archive.Name, failure);
            Go();
        });
    }
}
