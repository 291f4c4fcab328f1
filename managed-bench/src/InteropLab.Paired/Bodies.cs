using System;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace InteropLab.Paired;

/// <summary>Something that can be called so many times in a row: a variant in one replica, a floor, a probe.</summary>
internal abstract class Body
{
    public abstract void Run(long calls);
}

/// <summary>A managed method, called through a closed delegate.</summary>
internal abstract class ManagedBody(string name) : Body
{
    /// <summary>Class and method.</summary>
    public string Name { get; } = name;

    /// <summary>What it gives back; <c>void</c> for nothing.</summary>
    public abstract Type Returns { get; }

    /// <summary>What the runtime's events call it by.</summary>
    public ulong MethodId => (ulong)Call.Method.MethodHandle.Value;

    /// <summary>Of its first instruction, where it was compiled before the program started.</summary>
    public ulong Address => (ulong)Call.Method.MethodHandle.GetFunctionPointer();

    /// <summary>The method that lies between the clock and this body; it must be optimised code before anything is timed.</summary>
    public abstract MethodInfo Driver { get; }

    protected abstract Delegate Call { get; }

    /// <summary>Calls once and returns the answer: unsigned ones keep their 64 bits, narrower signed ones are extended; 0 for none.</summary>
    public abstract long Answer();

    public static ManagedBody Of(object instance, MethodInfo method)
    {
        Type? type = method.ReturnType switch
        {
            Type returned when returned == typeof(void) => typeof(Action),
            Type returned when returned == typeof(int) => typeof(Func<int>),
            Type returned when returned == typeof(uint) => typeof(Func<uint>),
            Type returned when returned == typeof(long) => typeof(Func<long>),
            Type returned when returned == typeof(ulong) => typeof(Func<ulong>),
            _ => null,
        };
        string name = $"{method.DeclaringType!.Name}.{method.Name}";
        return type is not null ? Of(name, method.CreateDelegate(type, instance)) : throw NoLoop(name, method.ReturnType.Name);
    }

    /// <param name="call">Closed over its instance.</param>
    public static ManagedBody Of(string name, Delegate call) => call switch
    {
        Action plain => new VoidBody(name, plain),
        Func<int> typed => new Body<int>(name, typed, static answer => answer),
        Func<uint> typed => new Body<uint>(name, typed, static answer => answer),
        Func<long> typed => new Body<long>(name, typed, static answer => answer),
        Func<ulong> typed => new Body<ulong>(name, typed, static answer => (long)answer),
        _ => throw NoLoop(name, call.GetType().Name),
    };

    private static BadPlanException NoLoop(string name, string returns) => PlanJson.Bad($"{name} returns {returns}: the engine has no loop for it");
}

/// <summary>A method with a result.</summary>
internal sealed class Body<T>(string name, Func<T> call, Func<T, long> widen) : ManagedBody(name)
    where T : struct
{
    public override Type Returns => typeof(T);

    public override MethodInfo Driver => typeof(Loop<T>).GetMethod(nameof(Loop<>.Run))!;

    protected override Delegate Call => call;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(long calls) => _ = Loop<T>.Run(call, calls);

    public override long Answer() => widen(call());
}

/// <summary>A method without one.</summary>
internal sealed class VoidBody(string name, Action call) : ManagedBody(name)
{
    public override Type Returns => typeof(void);

    public override MethodInfo Driver => typeof(VoidLoop).GetMethod(nameof(VoidLoop.Run))!;

    protected override Delegate Call => call;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(long calls) => VoidLoop.Run(call, calls);

    public override long Answer()
    {
        call();
        return 0;
    }
}
