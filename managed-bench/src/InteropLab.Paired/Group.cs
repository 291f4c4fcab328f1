using System;
using System.Collections.Generic;
using System.Linq;

namespace InteropLab.Paired;

/// <summary>What a timed entry is, as samples name it.</summary>
internal static class Role
{
    public const string Variant = "variant";
    public const string Native = "native";
    public const string ManagedEmpty = "managed_empty";
    public const string SamePointer = "same_pointer";
    public const string Copy = "copy";
    public const string Clock = "clock";
    public const string Wide = "wide";
}

/// <summary>One thing that is timed once in each round.</summary>
/// <param name="Key">The row; of a control, empty call or probe the group's reference row.</param>
/// <param name="Bodies">One for each replica, or a single one that no replica has.</param>
/// <param name="FirstReplica">The number of the first of them.</param>
internal sealed record Timed(string Key, string Role, Body[] Bodies, int FirstReplica = 0)
{
    /// <summary>Of a block; 0 until it is known.</summary>
    public long Calls { get; set; }

    /// <summary>Untimed calls before the block.</summary>
    public long LeadIn => Math.Max(1, Calls / 2);

    /// <summary>The replica it runs in; null for what is not compiled here.</summary>
    public int? ReplicaOf(int round) => Bodies[0] is ManagedBody ? FirstReplica + (round % Bodies.Length) : null;
}

/// <summary>A body with what its answers are judged by.</summary>
internal sealed record Judged(string Key, int Replica, ManagedBody Body, CaseInstance Instance, long Expected);

/// <summary>The variants of a case at one params tuple, ready to be called: loaded K times, with floor, empty call, controls and probes.</summary>
internal sealed class Group
{
    private readonly List<Judged> _judged = [];
    private readonly List<CaseInstance> _instances = [];

    public Group(GroupPlan plan, EngineLibrary engine)
    {
        Plan = plan;
        int k = plan.Replicas;
        long expected = Array.Find(Catalogue.Cases, one => one.Id == plan.Case)?.Tuples is { } tuples
            && Array.Find(tuples, tuple => tuple.Params == plan.Params) is CatalogueTuple tuple
            ? tuple.Expected
            : throw PlanJson.Bad($"{plan.Case}/{plan.Params} is not in the catalogue");
        EntryPlan reference = plan.Entries.Single(entry => entry.Key == plan.Reference);
        ManagedBody[][] bodies = [.. plan.Entries.Select(_ => new ManagedBody[k])];
        ManagedBody[] copies = new ManagedBody[ICaseSource.CanRepeat ? k : 0];
        Body[] empties = new Body[k];
        for (int i = 0; i < k; i++)
        {
            ICaseSource source = ICaseSource.New(i);
            CaseInstance instance = Prepared(source, reference.Type);
            for (int entry = 0; entry < plan.Entries.Length; entry++)
            {
                bodies[entry][i] = Judge(plan.Entries[entry], i, instance, expected);
            }

            empties[i] = source.Empty(instance.Body(reference.Method).Returns);
        }

        for (int i = 0; i < copies.Length; i++)
        {
            copies[i] = Judge(reference, k + i, Prepared(ICaseSource.New(k + i), reference.Type), expected);
        }

        Entries =
        [
            .. plan.Entries.Select((entry, at) => new Timed(entry.Key, Role.Variant, bodies[at]) { Calls = entry.Calls }),
            new Timed(plan.Reference, Role.SamePointer, bodies[Array.IndexOf(plan.Entries, reference)]) { Calls = reference.Calls },
            .. Copy(plan.Reference, copies, k, reference.Calls),
            new Timed(plan.Reference, Role.ManagedEmpty, empties) { Calls = plan.EmptyCalls },
            .. Floor(plan, engine, expected),
            new Timed(plan.Reference, Role.Clock, [engine.Clock]),
            new Timed(plan.Reference, Role.Wide, [engine.Wide]),
        ];
    }

    public GroupPlan Plan { get; }

    public string Name => $"{Plan.Case}/{Plan.Params}";

    /// <summary>In a fixed order: variants, controls, empty call, floor, probes.</summary>
    public Timed[] Entries { get; private set; }

    /// <summary>Every compiled body of a variant; the controls' too.</summary>
    public IReadOnlyList<Judged> Judged => _judged;

    public int At(string role) => Array.FindIndex(Entries, entry => entry.Role == role);

    public IEnumerable<ManagedBody> ManagedBodies => Entries.SelectMany(static entry => entry.Bodies).OfType<ManagedBody>().Distinct();

    /// <summary>Goes on without these entries; false where the reference is among them, and nothing is left to compare with.</summary>
    public bool Without(IReadOnlySet<string> keys)
    {
        Entries = [.. Entries.Where(entry => !keys.Contains(entry.Key))];
        _ = _judged.RemoveAll(judged => keys.Contains(judged.Key));
        return !keys.Contains(Plan.Reference);
    }

    public void CleanUp() => _instances.ForEach(static instance => instance.CleanUp());

    private static IEnumerable<Timed> Copy(string key, ManagedBody[] copies, int first, long calls) =>
        copies.Length > 0 ? [new Timed(key, Role.Copy, copies, first) { Calls = calls }] : [];

    private static IEnumerable<Timed> Floor(GroupPlan plan, EngineLibrary engine, long expected)
    {
        if (plan.Native is not NativePlan native)
        {
            yield break;
        }

        EngineLibrary.Floor floor = engine.FloorOf(plan.Case, plan.Params);
        long answer = floor.Answer();
        yield return answer == expected
            ? new Timed(native.Key, Role.Native, [floor]) { Calls = native.Calls }
            : throw new InvalidLaunchException($"{native.Key}: expected {expected}, got {answer}", ExitCode.WrongAnswer);
    }

    private CaseInstance Prepared(ICaseSource source, string type)
    {
        CaseInstance instance = source.Prepare(type, Plan.Params);
        _instances.Add(instance);
        return instance;
    }

    private ManagedBody Judge(EntryPlan entry, int replica, CaseInstance instance, long expected)
    {
        ManagedBody body = instance.Body(entry.Method);
        _judged.Add(new Judged(entry.Key, replica, body, instance, expected));
        return body;
    }
}
