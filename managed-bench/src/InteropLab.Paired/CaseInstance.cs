using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

using BenchmarkDotNet.Attributes;

using InteropLab.Cases;

namespace InteropLab.Paired;

/// <summary>An instance of a benchmark class, its params set and its set-up done.</summary>
internal abstract class CaseInstance
{
    private Func<long>? _observe;

    public abstract ManagedBody Body(string method);

    public abstract void CleanUp();

    /// <summary>Calls a variant once. One that returns nothing is judged by what it left behind.</summary>
    public long Answer(ManagedBody body)
    {
        long returned = body.Answer();
        return _observe is null ? returned : _observe();
    }

    protected void ObserveBy(Func<long>? observe) => _observe = observe;

    /// <summary>Params of a row key by name.</summary>
    protected static Dictionary<string, string> Given(string values) => values == "-"
        ? []
        : values.Split(',').Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[^1]);
}

/// <summary>One of a class that was loaded at run time, found by BenchmarkDotNet's own attributes.</summary>
internal sealed class ReflectedInstance : CaseInstance
{
    private readonly object _instance;

    public ReflectedInstance(Type type, string values)
    {
        _instance = Activator.CreateInstance(type)!;
        Dictionary<string, string> given = Given(values).ToDictionary(static pair => Plain(pair.Key), static pair => pair.Value);
        foreach (PropertyInfo property in type.GetProperties().Where(static property => property.IsDefined(typeof(ParamsAttribute))))
        {
            string value = given.TryGetValue(Plain(property.Name), out string? text)
                ? text
                : throw PlanJson.Bad($"params {values} have no value for {type.Name}.{property.Name}");
            property.SetValue(_instance, Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }

        Marked<GlobalSetupAttribute>(type)?.Invoke(_instance, null);
        ObserveBy(type.GetMethod("Observe", Type.EmptyTypes)?.CreateDelegate<Func<long>>(_instance));
    }

    public override ManagedBody Body(string method)
    {
        MethodInfo? found = _instance.GetType().GetMethod(method, Type.EmptyTypes);
        return found?.IsDefined(typeof(BenchmarkAttribute)) == true
            ? ManagedBody.Of(_instance, found)
            : throw PlanJson.Bad($"{_instance.GetType().Name} has no benchmark {method}");
    }

    public override void CleanUp()
    {
        Marked<GlobalCleanupAttribute>(_instance.GetType())?.Invoke(_instance, null);
        (_instance as IDisposable)?.Dispose();
    }

    private static MethodInfo? Marked<T>(Type type)
        where T : Attribute => Array.Find(type.GetMethods(), static method => method.IsDefined(typeof(T)));

    // A property is its param in Pascal case: without underscores and case they are the same word.
    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}

/// <summary>One of a class that was compiled into the program, from the table that is generated of the catalogue.</summary>
internal sealed class LinkedInstance : CaseInstance
{
    private readonly Entry _entry;
    private readonly object _instance;

    public LinkedInstance(Entry entry, string values)
    {
        _entry = entry;
        _instance = entry.Prepare(Given(values));
        ObserveBy(entry.Observe is Func<object, long> observe ? () => observe(_instance) : null);
    }

    public override ManagedBody Body(string method) => _entry.Find(method) is EntryMethod found
        ? ManagedBody.Of($"{_entry.Type}.{method}", found.Bind(_instance))
        : throw PlanJson.Bad($"{_entry.Type} has no benchmark {method}");

    // What a set-up took ends with the process: a class has no more than one instance here.
    public override void CleanUp() => (_instance as IDisposable)?.Dispose();
}
