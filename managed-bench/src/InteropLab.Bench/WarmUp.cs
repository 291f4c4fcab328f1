using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading;

using InteropLab.Cases;

namespace InteropLab.Bench;

/// <summary>
/// Brings methods to tier 1, all together: rows of one method share its code, and the runtime compiles in the background while
/// other methods are called.
/// </summary>
internal static class WarmUp
{
    // The runtime counts 30 calls in tier 0 and 30 more in the code that gathers the profile.
    private const int CallsPerPass = 32;

    // Bodies that take milliseconds must not be called 32 times by every row: the cheapest row carries its method.
    private const int CallsPerRow = 2;

    // Since anything of this program was last compiled.
    private static readonly TimeSpan s_giveUp = TimeSpan.FromSeconds(5);

    // Events come a little after what they tell, and compiling a method a little after its last counted call.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private const int QuietPasses = 3;

    /// <summary>Calls until every method is at tier 1 and nothing more is being compiled.</summary>
    /// <returns>The methods that never got there, as (class, method).</returns>
    public static HashSet<(string Type, string Method)> Run(IEnumerable<IPlanEntry> entries)
    {
        using Tiers tiers = new();
        List<Carrier> carriers = [.. entries.GroupBy(static entry => (entry.Type, entry.Method)).Select(Cheapest).OfType<Carrier>()];
        try
        {
            Stopwatch idle = Stopwatch.StartNew();
            bool Slow(Carrier carrier) => !tiers.IsOptimized(carrier.Class, carrier.Method.Name);
            for (int quiet = 0; quiet < QuietPasses && idle.Elapsed < s_giveUp;)
            {
                long before = tiers.Loads;
                _ = carriers.RemoveAll(carrier => !Called(carrier, Slow));
                Thread.Sleep(s_pause);
                if (tiers.Loads != before)
                {
                    idle.Restart();
                }

                quiet = tiers.Loads == before && !carriers.Exists(Slow) ? quiet + 1 : 0;
            }

            return [.. carriers.Where(Slow).Select(static carrier => (carrier.Type, carrier.Method.Name))];
        }
        finally
        {
            carriers.ForEach(static carrier => carrier.Dispose());
        }
    }

    // What throws here throws when its row is counted, and is said there.
    private static bool Called(Carrier carrier, Predicate<Carrier> slow)
    {
        try
        {
            for (int i = 0; i < CallsPerPass; i++)
            {
                _ = carrier.Method.Call(carrier.Instance);
            }

            // Once the entry's delegate is compiled with the method inside it, the method itself is called no more.
            for (int i = 0; i < CallsPerPass && slow(carrier); i++)
            {
                _ = carrier.Body.Invoke(carrier.Instance, null);
            }

            return true;
        }
        catch (Exception)
        {
            carrier.Dispose();
            return false;
        }
    }

    // Null where every row of the method throws: counting says so, row by row.
    private static Carrier? Cheapest(IEnumerable<IPlanEntry> rows)
    {
        Carrier? cheapest = null;
        long least = long.MaxValue;
        foreach (IPlanEntry row in rows)
        {
            Entry type = Entries.Find(row.Type)!;
            Carrier? carrier = null;
            try
            {
                carrier = new Carrier(row.Type, type.Class.FullName!, type.Find(row.Method)!, type.Prepare(row.Params));
                long ticks = 0;
                for (int i = 0; i < CallsPerRow; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    _ = carrier.Method.Call(carrier.Instance);
                    ticks = Stopwatch.GetTimestamp() - start;
                }

                if (ticks < least)
                {
                    (least, cheapest, carrier) = (ticks, carrier, cheapest);
                }
            }
            catch (Exception)
            {
                // Whatever a variant throws belongs to its row.
            }

            carrier?.Dispose();
        }

        return cheapest;
    }

    private sealed record Carrier(string Type, string Class, EntryMethod Method, object Instance) : IDisposable
    {
        public MethodInfo Body { get; } = Instance.GetType().GetMethod(Method.Name)!;

        public void Dispose() => (Instance as IDisposable)?.Dispose();
    }
}
