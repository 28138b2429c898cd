// One mayflyd on one data directory serves every journey, one journey after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(TestHouse))]
[assembly: Trait("Category", "Browser")]
