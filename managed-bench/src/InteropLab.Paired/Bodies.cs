using System;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace InteropLab.Paired;

/// <summary>Something that can be called so many times in a row: a variant in one replica, a floor, a probe.</summary>
internal abstract class Body
{
    /// <summary>The methods that lie between the clock and a body; each must be optimised code before anything is timed.</summary>
    public abstract MethodInfo? Driver { get; }

    public abstract void Run(long calls);
}

/// <summary>A managed method, called through a closed delegate.</summary>
/// <param name="method">Its <c>RuntimeMethodHandle.Value</c> is what the runtime's events call it by.</param>
internal abstract class ManagedBody(MethodInfo method) : Body
{
    public string Name => $"{method.DeclaringType!.Name}.{method.Name}";

    public ulong MethodId { get; } = (ulong)method.MethodHandle.Value;

    /// <summary>Calls once and returns the answer: unsigned ones keep their 64 bits, narrower signed ones are extended; 0 for none.</summary>
    public abstract long Answer();

    public static ManagedBody Of(object instance, MethodInfo method) => method.ReturnType switch
    {
        Type type when type == typeof(void) => new VoidBody(method, method.CreateDelegate<Action>(instance)),
        Type type when type == typeof(int) => new Body<int>(method, method.CreateDelegate<Func<int>>(instance), static answer => answer),
        Type type when type == typeof(uint) => new Body<uint>(method, method.CreateDelegate<Func<uint>>(instance), static answer => answer),
        Type type when type == typeof(long) => new Body<long>(method, method.CreateDelegate<Func<long>>(instance), static answer => answer),
        Type type when type == typeof(ulong) => new Body<ulong>(method, method.CreateDelegate<Func<ulong>>(instance), static answer => (long)answer),
        Type type => throw PlanJson.Bad($"{method.DeclaringType!.Name}.{method.Name} returns {type.Name}: the engine has no loop for it"),
    };
}

/// <summary>A method with a result.</summary>
internal sealed class Body<T>(MethodInfo method, Func<T> call, Func<T, long> widen) : ManagedBody(method)
    where T : struct
{
    public override MethodInfo? Driver => typeof(Loop<T>).GetMethod(nameof(Loop<>.Run));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(long calls) => _ = Loop<T>.Run(call, calls);

    public override long Answer() => widen(call());
}

/// <summary>A method without one.</summary>
internal sealed class VoidBody(MethodInfo method, Action call) : ManagedBody(method)
{
    public override MethodInfo? Driver => typeof(VoidLoop).GetMethod(nameof(VoidLoop.Run));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(long calls) => VoidLoop.Run(call, calls);

    public override long Answer()
    {
        call();
        return 0;
    }
}
