using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace InteropLab.Cases;

/// <summary>The interfaces of the kernel library's objects, and the one its callbacks are made through.</summary>
internal static class ComIds
{
    internal const string Calc = "6C616200-0000-4C61-8000-000000000001";
    internal const string Text = "6C616200-0000-4C61-8000-000000000002";
    internal const string Base = "6C616200-0000-4C61-8000-000000000003";
    internal const string Derived = "6C616200-0000-4C61-8000-000000000004";
    internal const string Leaf = "6C616200-0000-4C61-8000-000000000005";
    internal const string Each = "6C616200-0000-4C61-8000-000000000006";

    /// <summary>What no object has.</summary>
    internal const string Missing = "6C616200-0000-4C61-8000-0000000000FF";
}

/// <summary>Results are returned, failures thrown: the translation that the generator makes by itself.</summary>
[GeneratedComInterface]
[Guid(ComIds.Calc)]
internal partial interface ICalc
{
    int Add(int a, int b);

    int AddChecked(int a, int b);
}

/// <summary>The same methods with their HRESULT; a pointer, because out would be pinned.</summary>
[GeneratedComInterface]
[Guid(ComIds.Calc)]
internal unsafe partial interface ICalcPreserveSig
{
    [PreserveSig]
    int Add(int a, int b, int* sum);

    [PreserveSig]
    int AddChecked(int a, int b, int* sum);
}

/// <summary>How text gets over is said for each method: no StringMarshalling says it for all.</summary>
[GeneratedComInterface]
[Guid(ComIds.Text)]
internal partial interface IText
{
    ulong Utf8([MarshalAs(UnmanagedType.LPUTF8Str)] string text);

    ulong Utf16([MarshalAs(UnmanagedType.LPWStr)] string text);

    ulong Bstr([MarshalAs(UnmanagedType.BStr)] string text);
}

/// <summary>Slots 3 and 4.</summary>
[GeneratedComInterface]
[Guid(ComIds.Base)]
internal partial interface IChainBase
{
    int First(int a, int b);

    int Second(int a, int b);
}

/// <summary>Slots 5 to 8 are its own.</summary>
[GeneratedComInterface]
[Guid(ComIds.Derived)]
internal partial interface IChainDerived : IChainBase
{
    int Third(int a, int b);

    int Fourth(int a, int b);

    int Fifth(int a, int b);

    int Sixth(int a, int b);
}

/// <summary>Slot 9 is its own.</summary>
[GeneratedComInterface]
[Guid(ComIds.Leaf)]
internal partial interface IChainLeaf : IChainDerived
{
    int Seventh(int a, int b);
}

/// <summary>What native code calls back through.</summary>
[GeneratedComInterface]
[Guid(ComIds.Each)]
public partial interface IEach
{
    long Step(long value);
}

/// <summary>No object has it.</summary>
[GeneratedComInterface]
[Guid(ComIds.Missing)]
internal partial interface IMissing
{
    int Nothing();
}

/// <summary>The calculator without COM: what hand-written wrappers implement, and a managed class of its own.</summary>
internal interface ICalculator
{
    int Add(int a, int b);

    int AddChecked(int a, int b);
}
