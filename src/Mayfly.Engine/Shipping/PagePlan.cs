using System.Collections;

namespace Mayfly.Engine.Shipping;

/// <summary>Where each page of a shipment is to come from: it is there, elsewhere on this host, the same as an earlier one of the shipment, or has to be sent.</summary>
internal sealed class PagePlan
{
    // Who has more pages than this gets some of them twice.
    private const int MostRemembered = 1 << 22;

    private readonly BitArray _wanted;

    private PagePlan(int pages) => _wanted = new BitArray(pages);

    /// <summary>Pages that this host has.</summary>
    public List<(int Number, PagePlace Place)> Local { get; } = [];

    /// <summary>Pages that are the same as an earlier one.</summary>
    public List<(int Number, int Earlier)> Twins { get; } = [];

    /// <summary>How many have still to be sent.</summary>
    public int Left { get; private set; }

    /// <summary>Makes the plan.</summary>
    /// <param name="list">All pages.</param>
    /// <param name="present">Numbers of those that are there already, in order.</param>
    /// <param name="index">Those of this host.</param>
    public static PagePlan Make(PageList list, IEnumerable<int> present, PageIndex index)
    {
        var plan = new PagePlan(list.Hashes.Length);
        var there = new BitArray(list.Hashes.Length);
        foreach (var number in present)
            there[number] = true;
        var seen = new Dictionary<ulong, int>();
        for (var number = 0; number < list.Hashes.Length; number++)
        {
            var hash = list.Hashes[number];
            var earlier = seen.GetValueOrDefault((ulong)hash, number);
            if (earlier == number && seen.Count < MostRemembered)
                seen[(ulong)hash] = number;
            if (there[number])
                continue;
            if (earlier != number && list.Hashes[earlier] == hash)
                plan.Twins.Add((number, earlier));
            else if (index.Find(hash) is { } place)
                plan.Local.Add((number, place));
            else
                plan.Want(number);
        }

        return plan;
    }

    /// <summary>A page has to be sent.</summary>
    public void Want(int number)
    {
        Left += _wanted[number] ? 0 : 1;
        _wanted[number] = true;
    }

    /// <summary>Pages have come.</summary>
    public void Have(int first, int count)
    {
        for (var number = first; number < first + count; number++)
        {
            Left -= _wanted[number] ? 1 : 0;
            _wanted[number] = false;
        }
    }

    /// <summary>The first pages to be sent, no more than so many in so many ranges.</summary>
    public IReadOnlyList<PageRange> Next(int mostPages, int mostRanges)
    {
        var ranges = new List<PageRange>();
        for (int number = 0, pages = 0; pages < Math.Min(mostPages, Left); number++)
        {
            if (!_wanted[number])
                continue;
            if (ranges.Count > 0 && ranges[^1] is var last && last.First + last.Count == number)
                ranges[^1] = last with { Count = last.Count + 1 };
            else if (ranges.Count < mostRanges)
                ranges.Add(new PageRange(number, 1));
            else
                break;
            pages++;
        }

        return ranges;
    }
}
