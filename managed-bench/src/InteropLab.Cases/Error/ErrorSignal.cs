using System;
using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

/// <summary>error_outcome: status and result in one.</summary>
[KernelStruct("error_outcome")]
[StructLayout(LayoutKind.Sequential)]
public struct ErrorOutcome
{
    public int Status;
    public int Value;
}

internal static unsafe partial class ErrorSignalImports
{
    internal static readonly delegate* unmanaged[Cdecl]<int, int*, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int*, int>)KernelLibrary.Export("error_signal");

    [DllImport(KernelLibrary.Name, EntryPoint = "error_signal", ExactSpelling = true)]
    internal static extern int DllImport(int value, out int result);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "error_signal")]
    internal static partial int LibraryImport(int value, out int result);

    [DllImport(KernelLibrary.Name, EntryPoint = "error_signal", ExactSpelling = true, PreserveSig = false)]
    internal static extern int DllImportPreserveSig(int value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "error_signal_outcome")]
    internal static partial ErrorOutcome ResultStruct(int value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "error_signal_text")]
    internal static partial byte* Text(int status);
}

/// <summary>A hundred calls. The answer is the sum of the results; each failure counts as the length of its text.</summary>
public unsafe class ErrorSignal
{
    private int[] _values = null!;

    [Params(0, 1, 10, 100)]
    public int Percent { get; set; }

    [GlobalSetup]
    public void Setup() => _values = Inputs.SignalsOf(Percent);

    [Benchmark]
    public int DllImport()
    {
        int answer = 0;
        foreach (int value in _values)
        {
            int status = ErrorSignalImports.DllImport(value, out int result);
            answer += status < 0 ? Inputs.FailureMark : result;
        }

        return answer;
    }

    [Benchmark]
    public int LibraryImport()
    {
        int answer = 0;
        foreach (int value in _values)
        {
            int status = ErrorSignalImports.LibraryImport(value, out int result);
            answer += status < 0 ? Inputs.FailureMark : result;
        }

        return answer;
    }

    [Benchmark]
    public int FunctionPointer()
    {
        int answer = 0;
        foreach (int value in _values)
        {
            int result;
            int status = ErrorSignalImports.Pointer(value, &result);
            answer += status < 0 ? Inputs.FailureMark : result;
        }

        return answer;
    }

    [Benchmark]
    public int ResultStruct()
    {
        int answer = 0;
        foreach (int value in _values)
        {
            ErrorOutcome outcome = ErrorSignalImports.ResultStruct(value);
            answer += outcome.Status < 0 ? Inputs.FailureMark : outcome.Value;
        }

        return answer;
    }

    [Benchmark]
    public int StatusText()
    {
        int answer = 0;
        foreach (int value in _values)
        {
            int status = ErrorSignalImports.LibraryImport(value, out int result);
            answer += status < 0 ? Marshal.PtrToStringUTF8((nint)ErrorSignalImports.Text(status))!.Length : result;
        }

        return answer;
    }

    [Benchmark]
    public int ThrowForHresult()
    {
        int answer = 0;
        foreach (int value in _values)
        {
            try
            {
                Marshal.ThrowExceptionForHR(ErrorSignalImports.LibraryImport(value, out int result));
                answer += result;
            }
            catch (ArgumentException)
            {
                answer += Inputs.FailureMark;
            }
        }

        return answer;
    }

    [Benchmark]
    public int DllImportPreserveSig()
    {
        int answer = 0;
        foreach (int value in _values)
        {
            try
            {
                answer += ErrorSignalImports.DllImportPreserveSig(value);
            }
            catch (ArgumentException)
            {
                answer += Inputs.FailureMark;
            }
        }

        return answer;
    }
}
