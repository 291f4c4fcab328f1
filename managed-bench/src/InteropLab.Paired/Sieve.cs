using System;
using System.Collections.Generic;
using System.Linq;

namespace InteropLab.Paired;

/// <summary>
/// Proves what a launch is about to time. Where the plan says so, what a deployment cannot do is told and left out; else, and with
/// a wrong answer always, the launch ends.
/// </summary>
internal sealed class Sieve(bool sifts, Lines lines)
{
    private readonly HashSet<string> _unfit = [];

    /// <summary>The groups whose classes can be set up.</summary>
    public List<Group> Prepared(IEnumerable<GroupPlan> plans, EngineLibrary engine)
    {
        List<Group> groups = [];
        foreach (GroupPlan plan in plans)
        {
            try
            {
                groups.Add(new Group(plan, engine));
            }
            catch (Exception thrown) when (sifts && thrown is not (BadPlanException or InvalidLaunchException))
            {
                Array.ForEach(plan.Entries, entry => Drop(entry.Key, $"it cannot be set up: {OneLine.Of(thrown)}"));
            }
        }

        return groups;
    }

    /// <summary>Calls each body once and compares its answer with the catalogue's.</summary>
    public void Verify(List<Judged> judged)
    {
        foreach (Judged one in judged.Where(one => !_unfit.Contains(one.Key)))
        {
            long answer;
            try
            {
                answer = one.Instance.Answer(one.Body);
            }
            catch (Exception thrown) when (sifts)
            {
                Drop(one.Key, $"it throws {OneLine.Of(thrown)}");
                continue;
            }
            catch (Exception thrown)
            {
                throw new InvalidLaunchException($"{one.Key}: expected {one.Expected}, threw {OneLine.Of(thrown)}", ExitCode.WrongAnswer);
            }

            if (answer != one.Expected)
            {
                throw new InvalidLaunchException($"{one.Key}: expected {one.Expected}, got {answer}", ExitCode.WrongAnswer);
            }
        }
    }

    /// <summary>Tells what has other code than it has to have.</summary>
    public void Judge(List<Group> groups, Dictionary<ManagedBody, BodyCode> code, CodeKind kind)
    {
        foreach (Judged one in groups.SelectMany(static group => group.Judged))
        {
            BodyCode found = code[one.Body];
            if (found.Kind != kind)
            {
                Drop(one.Key, $"its code is {found.Tier}, not {WarmUp.Words(kind)}");
            }
        }
    }

    /// <summary>Takes out of the groups what was told of; a group without its reference has nothing left.</summary>
    public void Sort(List<Group> groups)
    {
        foreach (Group group in groups.Where(group => !group.Without(_unfit)))
        {
            Array.ForEach(group.Plan.Entries, entry => Drop(entry.Key, $"what it is compared with is not there: {group.Plan.Reference}"));
        }

        _ = groups.RemoveAll(group => _unfit.Contains(group.Plan.Reference));
    }

    private void Drop(string key, string reason)
    {
        if (_unfit.Add(key))
        {
            lines.Write(new UnfitLine("unfit", key, reason));
        }
    }
}
