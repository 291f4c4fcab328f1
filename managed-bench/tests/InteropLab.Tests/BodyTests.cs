using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases;

using Xunit;

namespace InteropLab.Tests;

/// <summary>What the bodies of variants may hold: a try or a frame of their own where the catalogue says why, and no input that another copy would not have.</summary>
public sealed class BodyTests
{
    private static readonly Assembly[] s_assemblies = [typeof(Entries).Assembly, typeof(Cases.Raw.BlittableAddI32Raw).Assembly];

    // What differs from one process, replica or moment to the next.
    private static readonly Type[] s_unsteady = [typeof(Random), typeof(Stopwatch), typeof(TimeProvider), typeof(Environment)];
    private static readonly string[] s_unsteadyMembers = ["get_Now", "get_UtcNow", "get_Today", "NewGuid", "CreateVersion7"];

    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Types() => [.. Entries.All.Select(static entry => entry.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_try_or_a_frame_of_its_own_has_its_reason_and_no_other_body_has_one(string type)
    {
        CatalogueCase one = Catalogue.Cases.Single(one => one.Tuples.Any(tuple => tuple.Type == type));
        foreach (MethodInfo method in Benchmarks(type))
        {
            CatalogueVariant variant = one.Variants.Single(variant => variant.Name == method.Name);
            string found = string.Join(", ", Extras(method));
            bool managed = variant.Symbols.Length == 0;
            Assert.True(found.Length == 0 || managed || variant.Body is not null, $"{method.Name} has {found}: its siblings lack that, or `body` says why it stands there");
        }

        // A shape may do without, but not all of them.
        foreach (CatalogueVariant variant in one.Variants.Where(static variant => variant.Body is not null))
        {
            IEnumerable<MethodInfo> bodies = one.Tuples.Select(static tuple => tuple.Type).Distinct().SelectMany(Benchmarks).Where(method => method.Name == variant.Name);
            Assert.True(bodies.Any(static method => Extras(method).Any()), $"{variant.Name} has neither a try nor a frame: `body` has nothing to explain");
        }
    }

    [Fact]
    public void Inputs_come_from_one_place() => Assert.All(
        from assembly in s_assemblies
        from type in assembly.GetTypes()
        from method in type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own))
        from callee in Instructions.Callees(method)
        where s_unsteady.Contains(callee.DeclaringType) || (callee.DeclaringType?.Assembly == typeof(object).Assembly && s_unsteadyMembers.Contains(callee.Name))
        select $"{type.Name}.{method.Name} calls {callee.DeclaringType!.Name}.{callee.Name}",
        static line => Assert.Fail(line));

    [Fact]
    public void Imports_that_suppress_the_transition_are_those_of_aliases() => Assert.All(
        from assembly in s_assemblies
        from type in assembly.GetTypes()
        from method in type.GetMethods(Own)
        let import = method.GetCustomAttribute<DllImportAttribute>()
        where import is not null
        select (Name: $"{type.Name}.{method.Name}", Symbol: import.EntryPoint, Suppressed: method.GetCustomAttribute<SuppressGCTransitionAttribute>() is not null),
        static import => Assert.Equal(import.Symbol!.EndsWith("_nogc", StringComparison.Ordinal), import.Suppressed));

    private static IEnumerable<MethodInfo> Benchmarks(string type) =>
        Entries.Find(type)!.Class.GetMethods().Where(static method => method.GetCustomAttribute<BenchmarkAttribute>() is not null);

    private static IEnumerable<string> Extras(MethodInfo method)
    {
        foreach (ExceptionHandlingClause clause in method.GetMethodBody()!.ExceptionHandlingClauses)
        {
            yield return $"a try with {clause.Flags}";
        }

        foreach (MethodBase callee in Instructions.Callees(method))
        {
            if (s_assemblies.Contains(callee.Module.Assembly) && callee.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining))
            {
                yield return $"a frame of {callee.Name}";
            }
        }
    }
}
