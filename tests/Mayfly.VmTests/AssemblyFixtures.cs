// Every test boots or forks real machines: one after the other, on one engine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Micro))]
[assembly: Trait("Category", "Vm")]
