// FastTree starts a task for every step of every tree; beside a test under load it would wait for a free thread each time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
