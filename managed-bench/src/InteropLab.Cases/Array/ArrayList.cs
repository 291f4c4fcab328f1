using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>A list as a native array: into a buffer of the caller where it fits, else on the native heap.</summary>
[CustomMarshaller(typeof(List<>), MarshalMode.ManagedToUnmanagedIn, typeof(ListMarshaller<,>.In))]
[ContiguousCollectionMarshaller]
internal static unsafe class ListMarshaller<T, TNative>
    where TNative : unmanaged
{
    internal ref struct In
    {
        private List<T>? _list;
        private TNative* _allocated;
        private Span<TNative> _span;

        /// <summary>In elements.</summary>
        public static int BufferSize => 512 / sizeof(TNative);

        public void FromManaged(List<T>? list, Span<TNative> buffer)
        {
            _list = list;
            if (list is null)
            {
                return;
            }

            if (list.Count <= buffer.Length)
            {
                _span = buffer[..list.Count];
            }
            else
            {
                _allocated = (TNative*)NativeMemory.Alloc((nuint)list.Count, (nuint)sizeof(TNative));
                _span = new Span<TNative>(_allocated, list.Count);
            }
        }

        public readonly ReadOnlySpan<T> GetManagedValuesSource() => CollectionsMarshal.AsSpan(_list);

        public readonly Span<TNative> GetUnmanagedValuesDestination() => _span;

        public readonly ref TNative GetPinnableReference() => ref MemoryMarshal.GetReference(_span);

        public readonly TNative* ToUnmanaged() => (TNative*)Unsafe.AsPointer(ref GetPinnableReference());

        public readonly void Free() => NativeMemory.Free(_allocated);
    }
}

internal static unsafe partial class ArrayListImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int*, nuint, long> Pointer =
        (delegate* unmanaged[Cdecl]<int*, nuint, long>)KernelLibrary.Export("array_list");

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_list")]
    internal static partial long LibraryImport([MarshalUsing(typeof(ListMarshaller<,>))] List<int> values, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_list")]
    internal static partial long LibraryImport(ReadOnlySpan<int> values, nuint count);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "array_list")]
    internal static partial long LibraryImport(int[] values, nuint count);
}

/// <summary>The answer is the sum of the list.</summary>
public unsafe class ArrayList
{
    private List<int> _values = null!;

    [Params(1, 16, 256, 4096)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => _values = [.. Inputs.Integers(N)];

    [Benchmark]
    public long LibraryImport() => ArrayListImports.LibraryImport(_values, (nuint)_values.Count);

    [Benchmark]
    public long FunctionPointer()
    {
        ReadOnlySpan<int> values = CollectionsMarshal.AsSpan(_values);
        fixed (int* start = values)
        {
            return ArrayListImports.Pointer(start, (nuint)values.Length);
        }
    }

    [Benchmark]
    public long AsSpan()
    {
        ReadOnlySpan<int> values = CollectionsMarshal.AsSpan(_values);
        return ArrayListImports.LibraryImport(values, (nuint)values.Length);
    }

    [Benchmark]
    public long ToArray()
    {
        int[] values = [.. _values];
        return ArrayListImports.LibraryImport(values, (nuint)values.Length);
    }
}
