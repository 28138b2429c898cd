namespace Mayfly.VmTests.House;

/// <summary>The smallest guest there is: 512 bytes that write the alphabet to the first serial port for ever. Needs no modern kernel, hence runs wherever KVM does.</summary>
internal static class BootSector
{
    /// <summary>What it writes over and over.</summary>
    public const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private const int Bytes = 512;

    private static readonly byte[] s_code =
    [
        0xBA, 0xF8, 0x03, // mov dx, 0x3f8
        0xB0, 0x41,       // mov al, 'A'
        0xEE,             // out dx, al
        0xFE, 0xC0,       // inc al
        0x3C, 0x5B,       // cmp al, 'Z' + 1
        0x75, 0x02,       // jne over the next
        0xB0, 0x41,       // mov al, 'A'
        0xB9, 0x00, 0x01, // mov cx, 0x100
        0xE2, 0xFE,       // loop to itself
        0xEB, 0xF0,       // jmp to the out
    ];

    /// <summary>Writes a disk of 1 MiB that boots it.</summary>
    public static void WriteDisk(string path)
    {
        var disk = new byte[1 << 20];
        s_code.CopyTo(disk, 0);
        (disk[Bytes - 2], disk[Bytes - 1]) = (0x55, 0xAA);
        File.WriteAllBytes(path, disk);
    }
}
