using System;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>method=base, slot 3. The answer is the sum and the slot.</summary>
public unsafe class ComInheritanceBase : IDisposable
{
    private NativeObject _native = null!;
    private GeneratedWrapper<IChainBase> _wrapper = null!;
    private GeneratedWrapper<IChainLeaf> _leafWrapper = null!;

    private nint _pointer;
    private IChainBase _generated = null!;
    private IChainLeaf _leaf = null!;
    private int _left, _right;

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject(ComIds.Leaf);
        _pointer = _native.Pointer;
        _wrapper = new GeneratedWrapper<IChainBase>();
        _generated = _wrapper.Value;
        _leafWrapper = new GeneratedWrapper<IChainLeaf>();
        _leaf = _leafWrapper.Value;
        _left = Inputs.Left;
        _right = Inputs.Right;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _wrapper?.Dispose();
        _leafWrapper?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int Vtable()
    {
        nint self = _pointer;
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)(*(nint**)self)[3])(self, _left, _right, &sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int GeneratedComInterface() => _generated.First(_left, _right);

    [Benchmark]
    public int GeneratedThroughLeaf() => _leaf.First(_left, _right);
}

/// <summary>method=derived, slot 8. The answer is the sum and the slot.</summary>
public unsafe class ComInheritanceDerived : IDisposable
{
    private NativeObject _native = null!;
    private GeneratedWrapper<IChainDerived> _wrapper = null!;
    private GeneratedWrapper<IChainLeaf> _leafWrapper = null!;

    private nint _pointer;
    private IChainDerived _generated = null!;
    private IChainLeaf _leaf = null!;
    private int _left, _right;

    [GlobalSetup]
    public void Setup()
    {
        _native = new NativeObject(ComIds.Leaf);
        _pointer = _native.Pointer;
        _wrapper = new GeneratedWrapper<IChainDerived>();
        _generated = _wrapper.Value;
        _leafWrapper = new GeneratedWrapper<IChainLeaf>();
        _leaf = _leafWrapper.Value;
        _left = Inputs.Left;
        _right = Inputs.Right;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _wrapper?.Dispose();
        _leafWrapper?.Dispose();
        _native?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int Vtable()
    {
        nint self = _pointer;
        int sum;
        int status = ((delegate* unmanaged[MemberFunction]<nint, int, int, int*, int>)(*(nint**)self)[8])(self, _left, _right, &sum);
        return status < 0 ? status : sum;
    }

    [Benchmark]
    public int GeneratedComInterface() => _generated.Sixth(_left, _right);

    [Benchmark]
    public int GeneratedThroughLeaf() => _leaf.Sixth(_left, _right);
}
