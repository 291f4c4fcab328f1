using System.Runtime.InteropServices;

namespace InteropLab.Cases;

/// <summary>struct_words_8.</summary>
[KernelStruct("struct_words_8")]
[StructLayout(LayoutKind.Sequential)]
public struct StructWords8
{
    public ulong W0;
}

/// <summary>struct_words_16.</summary>
[KernelStruct("struct_words_16")]
[StructLayout(LayoutKind.Sequential)]
public struct StructWords16
{
    public ulong W0, W1;
}

/// <summary>struct_words_24.</summary>
[KernelStruct("struct_words_24")]
[StructLayout(LayoutKind.Sequential)]
public struct StructWords24
{
    public ulong W0, W1, W2;
}

/// <summary>struct_words_32.</summary>
[KernelStruct("struct_words_32")]
[StructLayout(LayoutKind.Sequential)]
public struct StructWords32
{
    public ulong W0, W1, W2, W3;
}

/// <summary>struct_words_64.</summary>
[KernelStruct("struct_words_64")]
[StructLayout(LayoutKind.Sequential)]
public struct StructWords64
{
    public ulong W0, W1, W2, W3, W4, W5, W6, W7;
}

/// <summary>struct_words_128.</summary>
[KernelStruct("struct_words_128")]
[StructLayout(LayoutKind.Sequential)]
public struct StructWords128
{
    public ulong W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15;
}

/// <summary>struct_words_256.</summary>
[KernelStruct("struct_words_256")]
[StructLayout(LayoutKind.Sequential)]
public struct StructWords256
{
    public ulong W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15, W16, W17, W18, W19,
        W20, W21, W22, W23, W24, W25, W26, W27, W28, W29, W30, W31;
}

/// <summary>The same words in an object, which the marshaller passes by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public class ClassWords8
{
    public ulong W0;
}

/// <summary>The same words in an object, which the marshaller passes by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public class ClassWords16
{
    public ulong W0, W1;
}

/// <summary>The same words in an object, which the marshaller passes by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public class ClassWords24
{
    public ulong W0, W1, W2;
}

/// <summary>The same words in an object, which the marshaller passes by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public class ClassWords32
{
    public ulong W0, W1, W2, W3;
}

/// <summary>The same words in an object, which the marshaller passes by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public class ClassWords64
{
    public ulong W0, W1, W2, W3, W4, W5, W6, W7;
}

/// <summary>The same words in an object, which the marshaller passes by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public class ClassWords128
{
    public ulong W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15;
}

/// <summary>The same words in an object, which the marshaller passes by reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public class ClassWords256
{
    public ulong W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15, W16, W17, W18, W19,
        W20, W21, W22, W23, W24, W25, W26, W27, W28, W29, W30, W31;
}
