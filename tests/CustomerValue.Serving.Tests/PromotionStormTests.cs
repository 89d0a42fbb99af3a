using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>
/// Many promotions under load, every tenth of a damaged version, with kills of the program that promotes and a full disk, before a service that is a process of its own: each answer is the one, to the
/// letter, that the version it names is known to give. 30 promotions in every build, 300 where CUSTOMER_VALUE_ACCEPTANCE is 1.
/// </summary>
[Collection(Alone.Name)]
public sealed class PromotionStormTests(TrainedStore trained, ITestOutputHelper output)
{
    private const int Callers = 2, Megabytes = 64;
    private static readonly int s_promotions = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_ACCEPTANCE") == "1" ? 300 : 30;
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(2), s_longest = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task No_call_fails_and_no_answer_is_wrong_through_promotions_damage_and_kills()
    {
        await using Storm storm = await Storm.BeginAsync(trained, trained.Copy());
        for (int promotion = 0; promotion < s_promotions; promotion++)
            await ((promotion % 10) switch
            {
                9 => storm.PromoteDamagedAsync(promotion / 10),
                2 or 6 => storm.PromoteAndKillAsync(),
                _ => storm.PromoteAsync(byProgram: promotion % 5 == 0),
            });
        await storm.EndAsync(output);
    }

    [Fact]
    public async Task No_call_fails_and_no_answer_is_wrong_while_the_disk_of_the_store_is_full()
    {
        using SmallDisk? disk = SmallDisk.TryMount(Megabytes);
        Assert.SkipWhen(disk is null, "The disk cannot be full here: this user may mount none.");
        await using Storm storm = await Storm.BeginAsync(trained, trained.Copy(disk.Path));
        for (int promotion = 0; promotion < s_promotions / 6; promotion++)
        {
            await storm.PromoteAsync(byProgram: promotion % 2 == 0);
            disk.Fill();
            await storm.PromoteInVainAsync(byProgram: promotion % 2 == 0);
            disk.Empty();
        }
        await storm.EndAsync(output);
    }

    /// <summary>A service under load, and what is known of it.</summary>
    private sealed class Storm : IAsyncDisposable
    {
        private static readonly string[] s_routes = ["predictions", "recommendations", "decisions"];
        private readonly ServingProcess _service;
        private readonly ModelStore _store;
        private readonly string[] _versions;
        private readonly (string Route, string Body)[] _calls;
        private readonly Dictionary<(int Call, string Version), string> _known = [];
        private readonly ConcurrentQueue<string> _wrong = [];
        private readonly ConcurrentDictionary<string, int> _answers = [];
        private readonly CancellationTokenSource _done = new();
        private readonly Random _chance = new(17);
        private readonly List<string> _champions = [];
        private Task[] _load = [];
        private TimeSpan _slowest, _program = TimeSpan.FromSeconds(1);
        private int _promoted, _refused, _killedBefore, _killedAfter, _notKilled, _inVain;

        private Storm(ServingProcess service, ModelStore store, (string, string)[] calls, params string[] versions) => (_service, _store, _calls, _versions) = (service, store, calls, versions);

        private string Other => _versions.Single(version => version != _champions[^1]);

        /// <summary>Learns what each version answers, then begins to call.</summary>
        public static async Task<Storm> BeginAsync(TrainedStore trained, ModelStore store)
        {
            ServingProcess service = await ServingProcess.StartAsync([], $"--Store={store.Folder}", "--ChampionPollMilliseconds=20");
            (string, string)[] calls = [.. s_routes.SelectMany(route => new[] { 1, 3, 20 }.Select((customers, i) =>
                (route, SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Skip(50 * i).Take(customers)).ToJsonString())))];
            Storm storm = new(service, store, calls, trained.Older, trained.Newer);
            foreach (string version in new[] { trained.Newer, trained.Older })
            {
                store.Promote(version);
                await storm.UntilServedAsync(version);
                for (int call = 0; call < calls.Length; call++)
                {
                    Answer answer = await storm.AskAsync(call);
                    ((int)answer.Status).Should().Be(200, answer.Text);
                    storm._known[(call, version)] = answer.Text;
                }
                storm._champions.Add(version);
            }
            for (int call = 0; call < calls.Length; call++)
                storm._known[(call, trained.Newer)].Should().NotBe(storm._known[(call, trained.Older)]);
            storm._load = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => storm.CallAsync(new Random(caller))))];
            return storm;
        }

        /// <summary>Promotes the other version, which serves soon.</summary>
        public async Task PromoteAsync(bool byProgram)
        {
            string version = Other;
            long start = Stopwatch.GetTimestamp();
            if (byProgram)
            {
                TrainingProcess.Run(_store.Folder, Arguments(version));
                _program = Stopwatch.GetElapsedTime(start);
            }
            else
            {
                Answer answer = await _service.PostAsync($"/v1/models/{version}/promote", "");
                ((int)answer.Status).Should().Be(200, answer.Text);
            }
            await NoteAsync(version);
            _promoted++;
        }

        /// <summary>Promotes a damaged version: by program, over HTTP, and by hand, as whoever copies files about. It is refused and the one before goes on; once it is whole again it may serve.</summary>
        public async Task PromoteDamagedAsync(int turn)
        {
            string version = Other, folder = Path.Combine(_store.Folder, version), hidden = Path.Combine(_store.Folder, ".hidden");
            string[] files = [.. Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) is not ("manifest.json" or "manifest.sha256" or "card.md" or "report.html"))];
            string file = (turn % 3) switch { 0 or 1 => files[_chance.Next(files.Length)], _ => Path.Combine(folder, "manifest.json") };
            byte[] whole = await File.ReadAllBytesAsync(file);
            switch (turn % 3)
            {
                case 0:
                    byte[] flipped = [.. whole];
                    flipped[_chance.Next(flipped.Length)] ^= (byte)(1 << _chance.Next(8));
                    await File.WriteAllBytesAsync(file, flipped);
                    break;
                case 1:
                    File.Move(file, hidden);
                    break;
                default:
                    await File.WriteAllBytesAsync(file, whole[.._chance.Next(whole.Length)]);
                    break;
            }
            (int code, string said, string error) = TrainingProcess.RunToEnd(_store.Folder, Arguments(version));
            code.Should().Be(5, "{0} {1} damaged {2}", said, error, file);
            Answer refused = await _service.PostAsync($"/v1/models/{version}/promote", "");
            refused.ShouldBeProblem(409, "version-refused");
            foreach (string reason in new[] { error, refused.Json["detail"]!.GetValue<string>() })
                reason.Should().Contain(Path.GetFileName(file));
            _store.Champion.Should().Be(_champions[^1]);
            await File.WriteAllTextAsync(_store.ChampionPath, version + "\n");
            await UntilAsync(ready => ready["refused"]?["version"]?.GetValue<string>() == version);
            await File.WriteAllTextAsync(_store.ChampionPath, _champions[^1] + "\n");
            if (File.Exists(hidden))
                File.Move(hidden, file);
            else
                await File.WriteAllBytesAsync(file, whole);
            (await _service.GetAsync("/health/ready")).Json["champion"]!["version"]!.GetValue<string>().Should().Be(_champions[^1]);
            _refused++;
        }

        /// <summary>Kills the program while it promotes: at any moment, or in the middle of its writing. One of the two versions is champion, and serves.</summary>
        public async Task PromoteAndKillAsync()
        {
            string before = _champions[^1];
            using FileSystemWatcher writing = new(_store.Folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
            using Process program = TrainingProcess.Start(_store.Folder, Arguments(Other));
            Task<string> said = program.StandardOutput.ReadToEndAsync(), error = program.StandardError.ReadToEndAsync();
            if (_chance.Next(3) == 0)
                await Task.WhenAny(Task.Delay(_program * _chance.NextDouble()), program.WaitForExitAsync());
            else
            {
                int left = _chance.Next(1, 9);
                void Count(object sender, FileSystemEventArgs change)
                {
                    if (change.Name?.Contains("promotion") is true || change.Name?.Contains("champion") is true)
                        if (Interlocked.Decrement(ref left) == 0)
                            program.Kill();
                }
                writing.Created += Count;
                writing.Changed += Count;
                writing.Deleted += Count;
                writing.Renamed += Count;
                writing.EnableRaisingEvents = true;
                await program.WaitForExitAsync();
            }
            program.Kill(); // nothing where it has ended
            await program.WaitForExitAsync();
            await Task.WhenAll(said, error);
            string after = _store.Champion!;
            after.Should().BeOneOf(_versions);
            if (program.ExitCode == 0)
                _notKilled++;
            else if (after == before)
                _killedBefore++;
            else
                _killedAfter++;
            await NoteAsync(after);
        }

        /// <summary>Promotes where nothing can be written: that is said, and the one before stays champion.</summary>
        public async Task PromoteInVainAsync(bool byProgram)
        {
            string reason;
            if (byProgram)
            {
                (int code, string said, reason) = TrainingProcess.RunToEnd(_store.Folder, Arguments(Other));
                code.Should().Be(5, "{0} {1}", said, reason);
            }
            else
            {
                Answer answer = await _service.PostAsync($"/v1/models/{Other}/promote", "");
                answer.ShouldBeProblem(503, "unavailable");
                reason = answer.Json["detail"]!.GetValue<string>();
                reason.Should().NotContain(_store.Folder);
            }
            reason.Should().Contain("cannot be written").And.Contain("space");
            _store.Champion.Should().Be(_champions[^1]);
            _inVain++;
        }

        /// <summary>Ends the calls and says how they went; the store is left clean, and rolls back to who was champion before.</summary>
        public async Task EndAsync(ITestOutputHelper output)
        {
            await PromoteAsync(byProgram: true);
            await _done.CancelAsync();
            await Task.WhenAll(_load);
            output.WriteLine($"{_answers.Values.Sum()} answers ({string.Join(", ", _answers.Values)}), {_wrong.Count} failed or wrong; promotions: {_promoted} made (the slowest seen to serve after {_slowest.TotalMilliseconds:0} ms), {_refused} damaged and refused three ways, "
                + $"{_killedBefore + _killedAfter} killed ({_killedBefore} before the other was champion, {_killedAfter} after), {_notKilled} done before the kill, {_inVain} on a full disk");
            _wrong.Should().BeEmpty();
            _answers.Keys.Should().BeEquivalentTo(_versions);
            _answers.Values.Sum().Should().BeGreaterThan(10 * s_promotions);
            _service.Lines.Should().NotContain(line => line.Contains("   at ", StringComparison.Ordinal), "nothing of this is a bug of the service");
            Directory.EnumerateFiles(_store.Folder, "*.partial", new EnumerationOptions { AttributesToSkip = 0 }).Should().BeEmpty("the next writer sweeps what a killed one left");
            File.ReadAllLines(Path.Combine(_store.Folder, "promotions")).Should().OnlyContain(line => _versions.Any(version => line.EndsWith(" " + version, StringComparison.Ordinal)));
            _store.Rollback().Should().Be(_champions.Last(version => version != _champions[^1]));
            foreach (string version in _versions)
                _store.Open(version).VerifyFiles();
        }

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await Task.WhenAll(_load);
            _done.Dispose();
            await _service.DisposeAsync();
        }

        private string[] Arguments(string version) => ["models", "promote", version, "--store", _store.Folder];

        private async Task NoteAsync(string champion)
        {
            if (champion != _champions[^1])
                _champions.Add(champion);
            TimeSpan taken = await UntilServedAsync(champion);
            taken.Should().BeLessThan(s_promised);
            _slowest = taken > _slowest ? taken : _slowest;
        }

        private async Task CallAsync(Random chance)
        {
            while (!_done.IsCancellationRequested)
            {
                int call = chance.Next(_calls.Length);
                try
                {
                    Answer answer = await AskAsync(call);
                    string version = (int)answer.Status == 200 ? answer.Json["model_version"]!.GetValue<string>() : $"status {answer.Status}";
                    _answers.AddOrUpdate(version, 1, (_, count) => count + 1);
                    if (!_known.TryGetValue((call, version), out string? known) || known != answer.Text)
                        _wrong.Enqueue($"{_calls[call].Route} by {version}: {answer.Text}");
                }
                catch (HttpRequestException error)
                {
                    _wrong.Enqueue(error.Message);
                }
            }
        }

        private Task<Answer> AskAsync(int call) => _service.PostAsync("/v1/" + _calls[call].Route, _calls[call].Body);

        private Task<TimeSpan> UntilServedAsync(string version) => UntilAsync(ready => ready["champion"]?["version"]?.GetValue<string>() == version);

        private async Task<TimeSpan> UntilAsync(Predicate<System.Text.Json.Nodes.JsonNode> met)
        {
            long start = Stopwatch.GetTimestamp();
            while (!met((await _service.GetAsync("/health/ready")).Json))
            {
                Stopwatch.GetElapsedTime(start).Should().BeLessThan(s_longest, "{0}", string.Join('\n', _service.Lines.TakeLast(5)));
                await Task.Delay(5);
            }
            return Stopwatch.GetElapsedTime(start);
        }
    }
}
