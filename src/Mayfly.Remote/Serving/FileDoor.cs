using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Engine.Exchange;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Serves this host's packages, volumes and personas.</summary>
internal sealed class FileDoor(IHostFiles files, IPersonaLibrary personas, MachineLedger ledger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(ledger, FileCalls.List, (asked, _) => Task.FromResult<Outcome<List<string>>>(files.List(asked.Kind).ToList()));
        routes.Map(ledger, FileCalls.Remove, RemoveAsync);
        routes.Map(ledger, FileCalls.Storage, (_, _) => Task.FromResult<Outcome<StorageAnswer>>(new StorageAnswer(files.VolumeStorage())));
        routes.Map(ledger, FileCalls.SavePersona, (asked, token) => personas.SaveAsync(asked.MachineId, asked.Configs, asked.QuotaMib, asked.Last, token));
        routes.Map(ledger, FileCalls.LoadPersona, (asked, token) => personas.LoadAsync(asked.MachineId, asked.Archives, token));
        routes.MapUpload(FileCalls.Take, TakeAsync);
        routes.MapGet(FileCalls.Give + "/{kind}/{id}", GiveAsync);
    }

    private Task<Outcome<Done>> RemoveAsync(FileAsked asked, CancellationToken cancellationToken) =>
        asked.Kind == HostFileKind.Volume && asked.Unless == files.VolumeStorage() ? Task.FromResult<Outcome<Done>>(Done.Yes) : files.RemoveAsync(asked.Kind, asked.Id, cancellationToken);

    private Task<Outcome<Done>> TakeAsync(HttpContext context, Stream body)
    {
        HostFile? file;
        try
        {
            file = JsonSerializer.Deserialize<HostFile>(Uri.UnescapeDataString(context.Request.Headers[FileCalls.FileHeader].ToString()), WireJson.Options);
        }
        catch (JsonException)
        {
            file = null;
        }

        return file is null
            ? Task.FromResult<Outcome<Done>>(new Fault(ErrorCode.InvalidRequest, "It is not told what the file is."))
            : files.ReceiveAsync(file, body, context.RequestAborted);
    }

    private async Task GiveAsync(HostFileKind kind, string id, HttpContext context)
    {
        if (!(await files.OpenAsync(kind, id, context.RequestAborted)).TryGet(out var file, out var fault))
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
}
