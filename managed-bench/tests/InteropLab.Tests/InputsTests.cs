using System;
using System.Text;

using Xunit;

namespace InteropLab.Tests;

public sealed class InputsTests
{
    [Theory]
    [InlineData("ascii", 8, 8)]
    [InlineData("latin", 8, 16)]
    [InlineData("cjk", 8, 24)]
    [InlineData("emoji", 8, 16)]
    [InlineData("cjk", 0, 0)]
    public void A_text_has_its_length_in_code_units_and_its_bytes(string text, int length, int utf8Bytes)
    {
        Assert.Equal(length, Inputs.Text(length, text).Length);
        byte[] utf8 = Inputs.Utf8(length, text);
        Assert.Equal(utf8Bytes + 1, utf8.Length);
        Assert.Equal(0, utf8[^1]);
        Assert.Equal(Inputs.Text(length, text), Encoding.UTF8.GetString(utf8, 0, utf8Bytes));
    }

    [Fact]
    public void Everybody_gets_the_same_object()
    {
        Assert.Same(Inputs.Text(64, "latin"), Inputs.Text(64, "latin"));
        Assert.Same(Inputs.Utf8(64, "latin"), Inputs.Utf8(64, "latin"));
    }

    [Fact]
    public void The_sum_wraps() => Assert.Equal(-2072745085, unchecked(Inputs.Left + Inputs.Right));

    [Theory]
    [InlineData("emoji", 85)]
    [InlineData("klingon", 8)]
    [InlineData("ascii", -1)]
    public void What_cannot_be_made_is_refused(string text, int length) => Assert.Throws<ArgumentException>(() => Inputs.Text(length, text));
}
