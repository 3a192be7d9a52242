// Each of these tests has the machine's disk and processors to itself: it starts processes and kills them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
