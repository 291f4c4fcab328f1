using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

using InteropLab.Cases;

namespace InteropLab.Paired;

/// <summary>Where the case classes come from: one compiled copy of them all.</summary>
internal interface ICaseSource
{
    /// <param name="values">Params as in the row key; those of kind shape are part of the class already.</param>
    CaseInstance Prepare(string type, string values);

    /// <summary>The empty managed method of a return type.</summary>
    ManagedBody Empty(Type returns);

    /// <summary>Whether there can be more than one copy: nothing compiles a second one where everything was compiled before.</summary>
    static bool CanRepeat => RuntimeFeature.IsDynamicCodeSupported;

    /// <param name="number">Of the copy in its group.</param>
    static ICaseSource New(int number) => RuntimeFeature.IsDynamicCodeSupported ? Replica.New(number) : new Linked();
}

/// <summary>The classes that were compiled into the program.</summary>
internal sealed class Linked : ICaseSource
{
    public CaseInstance Prepare(string type, string values) => Entries.Find(type) is Entry entry
        ? new LinkedInstance(entry, values)
        : throw PlanJson.Bad($"there is no class {type}");

    public ManagedBody Empty(Type returns)
    {
        ManagedEmpty empty = new();
        Delegate call = returns switch
        {
            Type type when type == typeof(int) => empty.Int32,
            Type type when type == typeof(uint) => empty.UInt32,
            Type type when type == typeof(long) => empty.Int64,
            Type type when type == typeof(ulong) => empty.UInt64,
            _ => empty.Void,
        };
        return ManagedBody.Of($"ManagedEmpty.{returns.Name}", call);
    }
}

/// <summary>
/// The two case assemblies loaded once more: every body in them is compiled again, at another place. Inputs, the package's
/// attributes and everything else come from the default context, so all replicas work on the same memory.
/// </summary>
internal sealed class Replica(int number) : AssemblyLoadContext, ICaseSource
{
    private static readonly string[] s_names = ["InteropLab.Cases", "InteropLab.Cases.Raw"];
    private static readonly Dictionary<string, byte[]> s_images = [];
    private static readonly Dictionary<int, Replica> s_laidOut = [];

    private readonly Dictionary<string, Assembly> _loaded = [];

    private Assembly Cases => Load(new AssemblyName(s_names[0]))!;

    /// <summary>
    /// Where the assemblies hold code, each copy has a folder of its own, with its methods in another order. The runtime takes the
    /// code from one load of a file only, and compiles it where the file is loaded again: groups share such a copy.
    /// </summary>
    public static Replica New(int number)
    {
        if (!Directory.Exists(LayoutOf(number)))
        {
            return new Replica(number);
        }

        return s_laidOut.TryGetValue(number, out Replica? shared) ? shared : s_laidOut[number] = new Replica(number);
    }

    public CaseInstance Prepare(string type, string values)
    {
        Type found = Cases.GetType($"InteropLab.Cases.{type}") ?? throw PlanJson.Bad($"there is no class {type}");
        return new ReflectedInstance(found, values);
    }

    public ManagedBody Empty(Type returns)
    {
        Type type = Cases.GetType("InteropLab.Cases.ManagedEmpty", throwOnError: true)!;
        return ManagedBody.Of(Activator.CreateInstance(type)!, type.GetMethod(returns.Name)!);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not string name || !s_names.Contains(name))
        {
            return null;
        }

        if (!_loaded.TryGetValue(name, out Assembly? assembly))
        {
            string laidOut = Path.Combine(LayoutOf(number), name + ".dll");
            assembly = _loaded[name] = File.Exists(laidOut) ? LoadFromAssemblyPath(laidOut) : LoadFromStream(new MemoryStream(Image(name), writable: false));
        }

        return assembly;
    }

    private static string LayoutOf(int number) => Path.Combine(AppContext.BaseDirectory, "layouts", number.ToString(CultureInfo.InvariantCulture));

    private static byte[] Image(string name) => s_images.TryGetValue(name, out byte[]? image)
        ? image
        : s_images[name] = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
