using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Paired;

/// <summary>
/// The two case assemblies loaded once more: every body in them is compiled again, at another place. Inputs, the package's
/// attributes and everything else come from the default context, so all replicas work on the same memory.
/// </summary>
internal sealed class Replica : AssemblyLoadContext
{
    private static readonly Dictionary<string, byte[]> s_images = new[] { "InteropLab.Cases", "InteropLab.Cases.Raw" }.ToDictionary(
        static name => name,
        static name => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name + ".dll")));

    private readonly Dictionary<string, Assembly> _loaded = [];

    public Assembly Cases => Load(new AssemblyName("InteropLab.Cases"))!;

    /// <summary>An instance of a benchmark class, its params set and its set-up done.</summary>
    /// <param name="values">Params as in the row key; those of kind shape are part of the class already.</param>
    public CaseInstance Prepare(string type, string values)
    {
        Type found = Cases.GetType($"InteropLab.Cases.{type}") ?? throw PlanJson.Bad($"there is no class {type}");
        return new CaseInstance(found, values);
    }

    /// <summary>The empty managed method of a return type.</summary>
    public ManagedBody Empty(Type returns)
    {
        Type type = Cases.GetType("InteropLab.Cases.ManagedEmpty", throwOnError: true)!;
        return ManagedBody.Of(Activator.CreateInstance(type)!, type.GetMethod(returns.Name)!);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not string name || !s_images.TryGetValue(name, out byte[]? image))
        {
            return null;
        }

        if (!_loaded.TryGetValue(name, out Assembly? assembly))
        {
            using MemoryStream stream = new(image, writable: false);
            assembly = _loaded[name] = LoadFromStream(stream);
        }

        return assembly;
    }
}

/// <summary>An instance of a benchmark class in one replica, found by BenchmarkDotNet's own attributes.</summary>
internal sealed class CaseInstance
{
    private readonly object _instance;
    private readonly Func<long>? _observe;

    public CaseInstance(Type type, string values)
    {
        _instance = Activator.CreateInstance(type)!;
        Dictionary<string, string> given = values == "-"
            ? []
            : values.Split(',').Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => Plain(pair[0]), static pair => pair[^1]);
        foreach (PropertyInfo property in type.GetProperties().Where(static property => property.IsDefined(typeof(ParamsAttribute))))
        {
            string value = given.TryGetValue(Plain(property.Name), out string? text)
                ? text
                : throw PlanJson.Bad($"params {values} have no value for {type.Name}.{property.Name}");
            property.SetValue(_instance, Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }

        Marked<GlobalSetupAttribute>(type)?.Invoke(_instance, null);
        _observe = type.GetMethod("Observe", Type.EmptyTypes)?.CreateDelegate<Func<long>>(_instance);
    }

    public ManagedBody Body(string method)
    {
        MethodInfo? found = _instance.GetType().GetMethod(method, Type.EmptyTypes);
        return found?.IsDefined(typeof(BenchmarkAttribute)) == true
            ? ManagedBody.Of(_instance, found)
            : throw PlanJson.Bad($"{_instance.GetType().Name} has no benchmark {method}");
    }

    public Type ReturnType(string method) => _instance.GetType().GetMethod(method, Type.EmptyTypes)!.ReturnType;

    /// <summary>Calls a variant once. One that returns nothing is judged by what it left behind.</summary>
    public long Answer(ManagedBody body)
    {
        long returned = body.Answer();
        return _observe is null ? returned : _observe();
    }

    public void CleanUp()
    {
        Marked<GlobalCleanupAttribute>(_instance.GetType())?.Invoke(_instance, null);
        (_instance as IDisposable)?.Dispose();
    }

    private static MethodInfo? Marked<T>(Type type)
        where T : Attribute => Array.Find(type.GetMethods(), static method => method.IsDefined(typeof(T)));

    // A property is its param in Pascal case: without underscores and case they are the same word.
    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
