using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace InteropLab.Cases;

/// <summary>A native object with a wrapper of the generator's library, which nobody else has: released at once, not by its finaliser.</summary>
internal sealed class GeneratedWrapper<T> : IDisposable
    where T : class
{
    private static readonly StrategyBasedComWrappers s_wrappers = new();

    private readonly NativeObject _native = new();

    public GeneratedWrapper() => Value = (T)s_wrappers.GetOrCreateObjectForComInstance(_native.Pointer, CreateObjectFlags.UniqueInstance);

    /// <summary>The wrapper.</summary>
    public T Value { get; }

    public void Dispose()
    {
        ((ComObject)(object)Value).FinalRelease();
        _native.Dispose();
    }
}
