using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static partial class ComTextImports
{
    [LibraryImport(KernelLibrary.Name, EntryPoint = "com_text_utf8")]
    internal static partial int Utf8(nint self, [MarshalAs(UnmanagedType.LPUTF8Str)] string text, out ulong hash);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "com_text_utf16")]
    internal static partial int Utf16(nint self, [MarshalAs(UnmanagedType.LPWStr)] string text, out ulong hash);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "com_text_bstr")]
    internal static partial int Bstr(nint self, [MarshalAs(UnmanagedType.BStr)] string text, out ulong hash);
}

/// <summary>encoding=utf8. The answer is the hash of the text.</summary>
public unsafe class ComTextUtf8 : IDisposable
{
    private NativeObject _native = null!;
    private GeneratedWrapper<IText> _wrapper = null!;

    private nint _pointer;
    private IText _generated = null!;
    private string _text = null!;

    [Params(8, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject(ComIds.Text);
        _pointer = _native.Pointer;
        _wrapper = new GeneratedWrapper<IText>();
        _generated = _wrapper.Value;
        _text = Inputs.Text(Length, "ascii");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _wrapper?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public ulong LibraryImport()
    {
        _ = ComTextImports.Utf8(_pointer, _text, out ulong hash);
        return hash;
    }

    // What the generator writes, around a call through the vtable.
    [Benchmark]
    [SkipLocalsInit]
    public ulong Vtable()
    {
        nint self = _pointer;
        ulong hash;
        scoped Utf8StringMarshaller.ManagedToUnmanagedIn marshaller = new();
        try
        {
            marshaller.FromManaged(_text, stackalloc byte[Utf8StringMarshaller.ManagedToUnmanagedIn.BufferSize]);
            _ = ((delegate* unmanaged[MemberFunction]<nint, byte*, ulong*, int>)(*(nint**)self)[3])(self, (byte*)marshaller.ToUnmanaged(), &hash);
        }
        finally
        {
            marshaller.Free();
        }

        return hash;
    }

    [Benchmark]
    public ulong GeneratedComInterface() => _generated.Utf8(_text);
}

/// <summary>encoding=utf16. The answer is the hash of the text.</summary>
public unsafe class ComTextUtf16 : IDisposable
{
    private NativeObject _native = null!;
    private GeneratedWrapper<IText> _wrapper = null!;

    private nint _pointer;
    private IText _generated = null!;
    private string _text = null!;

    [Params(8, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject(ComIds.Text);
        _pointer = _native.Pointer;
        _wrapper = new GeneratedWrapper<IText>();
        _generated = _wrapper.Value;
        _text = Inputs.Text(Length, "ascii");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _wrapper?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public ulong LibraryImport()
    {
        _ = ComTextImports.Utf16(_pointer, _text, out ulong hash);
        return hash;
    }

    [Benchmark]
    public ulong Vtable()
    {
        nint self = _pointer;
        ulong hash;
        fixed (char* text = _text)
        {
            _ = ((delegate* unmanaged[MemberFunction]<nint, char*, ulong*, int>)(*(nint**)self)[4])(self, text, &hash);
        }

        return hash;
    }

    [Benchmark]
    public ulong GeneratedComInterface() => _generated.Utf16(_text);
}

/// <summary>encoding=bstr. The answer is the hash of the text.</summary>
public unsafe class ComTextBstr : IDisposable
{
    private NativeObject _native = null!;
    private GeneratedWrapper<IText> _wrapper = null!;

    private nint _pointer;
    private IText _generated = null!;
    private string _text = null!;

    [Params(8, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject(ComIds.Text);
        _pointer = _native.Pointer;
        _wrapper = new GeneratedWrapper<IText>();
        _generated = _wrapper.Value;
        _text = Inputs.Text(Length, "ascii");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _wrapper?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public ulong LibraryImport()
    {
        _ = ComTextImports.Bstr(_pointer, _text, out ulong hash);
        return hash;
    }

    // What the generator writes, around a call through the vtable.
    [Benchmark]
    [SkipLocalsInit]
    public ulong Vtable()
    {
        nint self = _pointer;
        ulong hash;
        scoped BStrStringMarshaller.ManagedToUnmanagedIn marshaller = new();
        try
        {
            marshaller.FromManaged(_text, stackalloc byte[BStrStringMarshaller.ManagedToUnmanagedIn.BufferSize]);
            _ = ((delegate* unmanaged[MemberFunction]<nint, ushort*, ulong*, int>)(*(nint**)self)[5])(self, (ushort*)marshaller.ToUnmanaged(), &hash);
        }
        finally
        {
            marshaller.Free();
        }

        return hash;
    }

    [Benchmark]
    public ulong GeneratedComInterface() => _generated.Bstr(_text);
}
