using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Engine.Exchange;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Serves this host's files, and personas.</summary>
internal sealed class FileDoor(IHostFiles files, IPersonaLibrary personas, MachineLedger ledger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(ledger, FileCalls.List, (asked, _) => Task.FromResult<Outcome<List<string>>>(files.List(asked.Kind).ToList()));
        routes.Map(ledger, FileCalls.Remove, RemoveAsync);
        routes.Map(ledger, FileCalls.Storage, (_, _) => Task.FromResult<Outcome<StorageAnswer>>(new StorageAnswer(files.VolumeStorage())));
        routes.Map(ledger, FileCalls.SavePersona, (asked, token) => personas.SaveAsync(asked.MachineId, asked.Configs, asked.QuotaMib, asked.Last, token));
        routes.Map(ledger, FileCalls.LoadPersona, (asked, token) => personas.LoadAsync(asked.MachineId, asked.Archives, token));
        routes.MapUpload(FileCalls.TakePersona, (context, body) => files.ReceivePersonaAsync(IdOf(context), BytesOf(context), body, context.RequestAborted));
        routes.MapGet(FileCalls.GivePersona, GivePersonaAsync);
    }

    private Task<Outcome<Done>> RemoveAsync(FileAsked asked, CancellationToken cancellationToken) =>
        asked.Kind == HostFileKind.Volume && asked.Unless == files.VolumeStorage() ? Task.FromResult<Outcome<Done>>(Done.Yes) : files.RemoveAsync(asked.Kind, asked.Id, cancellationToken);

    private async Task GivePersonaAsync(HttpContext context)
    {
        if (!(await files.OpenPersonaAsync(IdOf(context), context.RequestAborted)).TryGet(out var file, out var fault))
        {
            await CallRoutes.WriteFaultAsync(context, fault);
            return;
        }

        await using (file)
        {
            context.Response.ContentLength = file.Length;
            await file.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static string IdOf(HttpContext context) => context.Request.Query["id"].ToString();

    /// <summary>Less than nothing, which is refused, when it is not told.</summary>
    private static long BytesOf(HttpContext context) => long.TryParse(context.Request.Query["bytes"], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : -1;
}
