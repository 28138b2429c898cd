using System.Globalization;
using Mayfly.OpenIdProvider;

// By hand: "dotnet run [port]", then sign in as grace with "grace's password".
var port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0;
await using var provider = await OpenIdProvider.StartAsync(new ProviderSettings { Port = port });
Console.WriteLine($"The provider serves {provider.Address} for client '{provider.Settings.ClientId}' with secret '{provider.Settings.ClientSecret}'.");
await provider.WaitAsync();
