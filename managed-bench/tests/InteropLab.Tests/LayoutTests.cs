using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

using InteropLab.Cases;
using InteropLab.Cases.Raw;

using Xunit;

namespace InteropLab.Tests;

[Collection(InProcess.Name)]
public sealed class LayoutTests
{
    [Fact]
    public void Every_struct_of_the_library_is_laid_out_alike_in_CSharp()
    {
        IReadOnlyList<LayoutLine> native = KernelFacts.Layout();
        Assert.Equal("kernels_layout_entry", native[0].Type);
        Assert.Null(Layouts.Difference(native, Layouts.Managed(typeof(Layouts).Assembly, typeof(Entries).Assembly, typeof(BlittableAddI32Raw).Assembly)));
    }

    [Fact]
    public void Sizes_alignments_and_offsets_are_those_of_C()
    {
        LayoutLine[] lines = [.. Layouts.Managed(typeof(Sample).Assembly)];
        Assert.Equal(
            [
                new LayoutLine("sample", "", 24, 8, 0),
                new LayoutLine("sample", "flag", 1, 1, 0),
                new LayoutLine("sample", "wide_number", 8, 8, 8),
                new LayoutLine("sample", "inner", 4, 2, 16),
            ],
            lines);
    }

    [Fact]
    public void A_difference_names_both_sides()
    {
        LayoutLine[] managed = [.. Layouts.Managed(typeof(Sample).Assembly)];
        LayoutLine[] native = [.. managed.Select(static line => line.Field == "wide_number" ? line with { Offset = 4 } : line)];
        string? difference = Layouts.Difference(native, managed);
        Assert.NotNull(difference);
        Assert.Contains("Offset = 4", difference);
        Assert.Contains("Offset = 8", difference);
        Assert.Contains("only C#", Layouts.Difference(native[..1], managed));
        Assert.Contains("only the library", Layouts.Difference(managed, managed[..1]));
    }

    [KernelStruct("sample")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Sample
    {
        public byte Flag;
        public long WideNumber;
        public Inner Inner;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Inner
    {
        public short First;
        public short Second;
    }
}
