using Mayfly.Directories.Tests;

[assembly: AssemblyFixture(typeof(SharedOpenLdap))]
