// Each test runs a mayflyd with real machines: one at a time, on two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(MicroImages))]
[assembly: Trait("Category", "Vm")]
