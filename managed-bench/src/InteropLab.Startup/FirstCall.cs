using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InteropLab.Startup;

/// <summary>The first call of one import, or of a pointer to the same export.</summary>
internal static unsafe class FirstCall
{
    private const string Sentence = "a text of 24 characters.";
    private const int Left = 1_234_567_890;
    private const int Right = 1;
    private const ulong Word0 = 1UL << 32;
    private const ulong Word1 = 5;

    private const string Blittable = "loading_first_call";
    private const string Text = "loading_first_call_text";
    private const string Struct = "loading_first_call_struct";

    private static string s_symbol = "";
    private static nint s_pointer;

    public static Steps Of(Asked asked)
    {
        string signature = asked.Text("signature");
        (s_symbol, long answer) = signature switch
        {
            "blittable" => (Blittable, Left + Right),
            "text" => (Text, Sentence.Length),
            "struct" => (Struct, (long)(Word0 + (Word1 ^ 1))),
            _ => throw asked.NoSuch("signature"),
        };
        Steps steps = new()
        {
            Load = &Kernels.Load,
            Bind = &Kernels.Resolve,
            First = answer,
            Second = answer,
            Call = (asked.Variant, signature) switch
            {
                ("DllImport", "blittable") => &DllImportBlittable,
                ("DllImport" or "DllImportPrelinked", "text") => &DllImportText,
                ("DllImport" or "DllImportPrelinked", "struct") => &DllImportStruct,
                ("LibraryImport", "blittable") => &LibraryImportBlittable,
                ("LibraryImport", "text") => &LibraryImportText,
                ("LibraryImport", "struct") => &LibraryImportStruct,
                ("FunctionPointer", "blittable") => &PointerBlittable,
                ("FunctionPointer", "text") => &PointerText,
                ("FunctionPointer", "struct") => &PointerStruct,
                _ => throw asked.NoSuch("variant"),
            },
        };
        if (asked.Variant == "FunctionPointer")
        {
            steps.Bind = &Bind;
        }
        else if (asked.Variant == "DllImportPrelinked")
        {
            s_prelinked = Find(signature == "text" ? nameof(DllImports.Text) : nameof(DllImports.Struct));
            steps.Stub = &Prelink;
        }

        return steps;
    }

    private static MethodInfo? s_prelinked;

    private static void Bind() => s_pointer = Kernels.Export(s_symbol);

    private static void Prelink() => Marshal.Prelink(s_prelinked!);

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(DllImports))]
    private static MethodInfo Find(string name) => RuntimeFeature.IsDynamicCodeSupported
        ? typeof(DllImports).GetMethod(name)!
        : throw RefusedException.Bad("DllImportPrelinked: there is no stub to be made at run time");

    private static long DllImportBlittable() => DllImports.Blittable(Left, Right);

    private static long DllImportText() => (long)DllImports.Text(Sentence);

    private static long DllImportStruct()
    {
        Words words = new() { W0 = Word0, W1 = Word1 };
        return (long)DllImports.Struct(in words);
    }

    private static long LibraryImportBlittable() => LibraryImports.Blittable(Left, Right);

    private static long LibraryImportText() => (long)LibraryImports.Text(Sentence);

    private static long LibraryImportStruct()
    {
        Words words = new() { W0 = Word0, W1 = Word1 };
        return (long)LibraryImports.Struct(in words);
    }

    private static long PointerBlittable() => ((delegate* unmanaged<int, int, int>)s_pointer)(Left, Right);

    private static long PointerText()
    {
        byte* text = (byte*)Marshal.StringToCoTaskMemUTF8(Sentence);
        ulong bytes = ((delegate* unmanaged<byte*, ulong>)s_pointer)(text);
        Marshal.FreeCoTaskMem((nint)text);
        return (long)bytes;
    }

    private static long PointerStruct()
    {
        Words words = new() { W0 = Word0, W1 = Word1 };
        return (long)((delegate* unmanaged<Words*, ulong>)s_pointer)(&words);
    }
}
