using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace InteropLab.Cases;

/// <summary>Every class and method that measures something, without reflection, so that it works under Native AOT too; the table is generated beside this file.</summary>
public static partial class Entries
{
    /// <summary>The entry of a class; null where there is none of that name.</summary>
    public static Entry? Find(string type) => Array.Find(All, entry => entry.Type == type);
}

/// <summary>A benchmark class.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Class">The class itself, for those who reflect.</param>
/// <param name="SetParams">Sets the properties from value params.</param>
/// <param name="Setup">Calls its set-up; params must be set before.</param>
/// <param name="Observe">The answer where the methods return nothing: looks at what the last call left behind. Never timed, never counted.</param>
public sealed record Entry(
    string Type,
    [property: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type Class,
    Func<object> Create,
    Action<object, ParamValues> SetParams,
    Action<object> Setup,
    Func<object, long>? Observe,
    EntryMethod[] Methods)
{
    /// <summary>The method of a variant; null where there is none of that name.</summary>
    public EntryMethod? Find(string method) => Array.Find(Methods, candidate => candidate.Name == method);

    /// <summary>A fresh instance, its params set and its set-up done.</summary>
    public object Prepare(IReadOnlyDictionary<string, string> values)
    {
        object instance = Create();
        SetParams(instance, new ParamValues(values));
        Setup(instance);
        return instance;
    }
}

/// <summary>One variant of a benchmark class.</summary>
/// <param name="Call">Calls it; unsigned answers keep their 64 bits, narrower signed ones are extended; 0 where it returns nothing.</param>
/// <param name="Bind">A delegate of the method itself, closed over an instance, for those who call it many times.</param>
public sealed record EntryMethod(string Name, Func<object, long> Call, Func<object, Delegate> Bind);

/// <summary>Value params by name, as the row key spells them.</summary>
public readonly struct ParamValues(IReadOnlyDictionary<string, string> values)
{
    /// <summary>A whole number.</summary>
    public int Int(string name) => int.Parse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>A word.</summary>
    public string Text(string name) => values.TryGetValue(name, out string? value)
        ? value
        : throw new ArgumentException($"param {name} is missing");
}
