using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace InteropLab.Startup;

/// <summary>A library by its name alone: which files are tried for it, and what that takes. Its folder is on the loader's search path.</summary>
internal static unsafe class Probing
{
    private const string Prefix = "lib";
    private const string Extension = ".so";

    private static string s_bare = "";
    private static string s_name = "";

    public static Steps Of(Asked asked)
    {
        string path = Kernels.Path;
        string file = Path.GetFileName(path);
        if (!file.StartsWith(Prefix) || !file.EndsWith(Extension))
        {
            throw RefusedException.Bad($"{asked.Program}: {file} is not named {Prefix}NAME{Extension}, as libraries are on Linux");
        }

        s_bare = file[Prefix.Length..^Extension.Length];
        bool missing = asked.Variant == "Missing";
        if (missing)
        {
            s_bare = "nobody_has_this";
        }

        s_name = asked.Variant switch
        {
            "Path" => path,
            "PrefixAndExtension" => file,
            "Extension" => s_bare + Extension,
            "Prefix" => Prefix + s_bare,
            "Bare" or "Missing" => s_bare,
            _ => throw asked.NoSuch("variant"),
        };
        long answer = missing ? 0 : 1;
        return new Steps { Call = &Load, First = answer, Second = answer, After = &TellTried, Opened = s_bare };
    }

    private static long Load() => NativeLibrary.TryLoad(s_name, typeof(Probing).Assembly, null, out _) ? 1 : 0;

    // The place of each form of the name among those that were tried, from 1.
    private static void TellTried(Lines lines)
    {
        List<string> forms = [];
        foreach (string file in Opens.Of(s_bare))
        {
            if (!forms.Contains(file))
            {
                forms.Add(file);
            }
        }

        foreach ((string name, string form) in new[]
        {
            ("tried_extension", s_bare + Extension),
            ("tried_prefix_and_extension", Prefix + s_bare + Extension),
            ("tried_bare", s_bare),
            ("tried_prefix", Prefix + s_bare),
        })
        {
            if (forms.IndexOf(form) is int at and >= 0)
            {
                lines.Count(name, at + 1, "place");
            }
        }
    }
}
